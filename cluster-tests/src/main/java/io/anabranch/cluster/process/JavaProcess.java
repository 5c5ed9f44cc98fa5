package io.anabranch.cluster.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM that can be killed and paused, and does not outlive this process. */
public final class JavaProcess implements AutoCloseable {
  private final String name;
  private final Process process;
  private final Path log;

  private JavaProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * What is run.
   *
   * @param name of the process, and of its log
   * @param classPath jars and {@code DIRECTORY/*}; one of them must hold {@link Supervised}
   * @param options of the JVM
   * @param environment variables on top of this process's own
   */
  public record Command(
      String name,
      String classPath,
      List<String> options,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment) {

    /** Copies the collections. */
    public Command {
      options = List.copyOf(options);
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }
  }

  /** Starts a process whose output goes to {@code NAME.log} in a directory. */
  public static JavaProcess start(Command command, Path logs) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(command.options());
    line.addAll(List.of("-cp", command.classPath(), Supervised.class.getName()));
    line.add(command.mainClass());
    line.addAll(command.arguments());
    Path log = logs.resolve(command.name() + ".log");
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(command.environment());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new JavaProcess(command.name(), builder.start(), log);
  }

  /** The name it was started under. */
  public String name() {
    return name;
  }

  /** What it has written so far. */
  public String output() throws IOException {
    return Files.readString(log);
  }

  /** Where its output goes. */
  public File log() {
    return log.toFile();
  }

  /** The operating system's number for it. */
  public long pid() {
    return process.pid();
  }

  /** Whether it is running, or paused. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Ends it at once, without a chance to say goodbye: {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * Stops it from being scheduled, for a while. A shell does the waiting, so that it goes on even
   * if this process dies in between.
   *
   * @return the shell, which ends when the process goes on
   */
  public Process pause(Duration duration) throws IOException {
    String script =
        "kill -STOP %1$d; sleep %2$d.%3$03d; kill -CONT %1$d"
            .formatted(process.pid(), duration.toSeconds(), duration.toMillisPart());
    return new ProcessBuilder("sh", "-c", script).start();
  }

  /** Waits for its end; the exit status, or -1 when it does not come in time. */
  public int await(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
