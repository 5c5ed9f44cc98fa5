package io.anabranch.local;

import io.anabranch.local.run.RunOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.event.Level;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that {@code run} and {@code demo} have in common. */
final class CommonRunOptions {
  /** The number of key groups: more subtasks than that have nothing to do. */
  private static final int MAX_PARALLELISM = 128;

  @Option(
      names = "--until-fed",
      description = "Stop when all that was fed is processed and committed.")
  private boolean untilFed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Also write every output topic to DIR/<topic>.jsonl, and DIR/summary.json. DIR must be"
              + " empty or absent.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Default: flink.parallelism.default, else 2 or the number of cores if less.")
  private Optional<Integer> parallelism = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Set a value of the pipeline file: learners.ID.hyper.alpha=0.2. Repeatable; VALUE is"
              + " YAML.")
  private List<String> sets = List.of();

  @Option(
      names = "--fresh",
      description = "Ignore earlier checkpoints of this pipeline. Default: resume from the newest.")
  private boolean fresh;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description =
          "How much is logged: error, warn, info, debug or trace. Default: ANABRANCH_LOG_LEVEL, else"
              + " info.")
  private Optional<Level> logLevel = Optional.empty();

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serve all metrics to Prometheus at http://HOST:PORT/metrics, on all of this machine's"
              + " addresses. Default: nowhere.")
  private Optional<Integer> metricsPort = Optional.empty();

  Optional<Level> logLevel() {
    return logLevel;
  }

  List<String> sets() {
    return sets;
  }

  RunOptions toOptions(CommandSpec spec, boolean embedded, List<String> feeds, double rate) {
    if (!(rate > 0)) {
      throw new ParameterException(spec.commandLine(), "--rate must be > 0, got " + rate);
    }
    return new RunOptions(
        embedded,
        feeds,
        rate,
        untilFed,
        out,
        checked(parallelism, spec),
        fresh,
        checkedPort(metricsPort, spec));
  }

  private static OptionalInt checkedPort(Optional<Integer> port, CommandSpec spec) {
    if (port.isPresent() && (port.get() < 1 || port.get() > 65_535)) {
      throw new ParameterException(
          spec.commandLine(), "--metrics-port must be between 1 and 65535, got " + port.get());
    }
    return port.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /** The value of {@code --parallelism}. */
  static OptionalInt checked(Optional<Integer> parallelism, CommandSpec spec) {
    if (parallelism.isPresent() && (parallelism.get() < 1 || parallelism.get() > MAX_PARALLELISM)) {
      throw new ParameterException(
          spec.commandLine(),
          "--parallelism must be between 1 and " + MAX_PARALLELISM + ", got " + parallelism.get());
    }
    return parallelism.map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}
