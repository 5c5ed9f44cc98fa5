package io.anabranch.local;

import io.anabranch.local.run.RunFailure;
import io.anabranch.local.run.StopSignal;
import io.anabranch.local.view.Screen;
import java.io.PrintWriter;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code anabranch} command. */
@Command(
    name = "anabranch",
    description = "Streaming online learning on Apache Flink.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Exit status: 0 done or stopped cleanly; 1 the job failed, or the broker or a missing input"
          + " topic could not be reached; 2 bad pipeline, file, option or path.",
      "",
      "Stack traces and what Flink and Kafka say go to a log, never to the terminal: of a run to"
          + " CHECKPOINT-DIR/PIPELINE/anabranch.log, of all else to a file in the directory for"
          + " temporary files. ANABRANCH_LOG_LEVEL, or --log-level of a run, says how much:"
          + " error, warn, info (the default), debug, trace.",
      "",
      "ANABRANCH_JVM_OPTS holds options of the JVM (default: -Xmx1200m); JAVA_HOME names the JDK."
    })
public final class Anabranch implements Runnable {
  private static final int KILLED = 130;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Spec private CommandSpec spec = CommandSpec.create();

  private Anabranch() {}

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    LogFile.configure();
    StopSignal stop = new StopSignal();
    Signals.handle(stop::stop, () -> Runtime.getRuntime().halt(KILLED));
    int status = execute(commandLine(Screen.isTerminal(), stop), args);
    System.out.flush();
    System.err.flush();
    // Everything is closed by now; a thread that Kafka or Flink left behind must not hold us up.
    Runtime.getRuntime().halt(status);
  }

  /** What is no exception would end as a stack trace on the terminal. */
  private static int execute(CommandLine command, String... args) {
    try {
      return command.execute(args);
    } catch (OutOfMemoryError e) {
      LoggerFactory.getLogger(Anabranch.class).error("out of memory", e);
      command
          .getErr()
          .println("out of memory; give it more: ANABRANCH_JVM_OPTS=-Xmx3g ./anabranch ...");
    } catch (Error e) {
      LoggerFactory.getLogger(Anabranch.class).error("unexpected failure", e);
      command.getErr().println("internal error: " + e);
    }
    command.getErr().println("The log is " + LogFile.name());
    return RunFailure.FAILED;
  }

  static CommandLine commandLine(boolean terminal, StopSignal stop) {
    return commandLine(new RunEnvironment(terminal, stop, PATIENCE));
  }

  static CommandLine commandLine(RunEnvironment environment) {
    return new CommandLine(new Anabranch())
        .addSubcommand(new DemoCommand(environment))
        .addSubcommand(new RunCommand(environment))
        .addSubcommand(new ValidateCommand())
        .addSubcommand(new DiffCommand())
        .addSubcommand(new SchemaCommand())
        .addSubcommand(new InitCommand())
        .addSubcommand(new EvaluateCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Misuse::report)
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
  }

  private static int report(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    if (failure instanceof RunFailure known) {
      err.println(known.getMessage());
      if (known.status() == RunFailure.FAILED) {
        LoggerFactory.getLogger(Anabranch.class).error("the run failed", known);
        err.println("The log is " + LogFile.name());
      }
      return known.status();
    }
    LoggerFactory.getLogger(Anabranch.class).error("unexpected failure", failure);
    err.println("internal error, which is a bug: " + failure);
    err.println("The log is " + LogFile.name());
    return RunFailure.FAILED;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing; commands are: "
            + String.join(", ", spec.commandLine().getSubcommands().keySet()));
  }
}
