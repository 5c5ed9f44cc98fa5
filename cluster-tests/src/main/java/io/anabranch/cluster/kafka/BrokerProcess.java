package io.anabranch.cluster.kafka;

import io.anabranch.cluster.process.FreePort;
import io.anabranch.cluster.process.JavaProcess;
import io.anabranch.cluster.process.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A broker in a process of its own, which comes back on the same port with the same data. */
public final class BrokerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path data;
  private final Path logs;
  private final Path supervisor;
  private final List<String> flags;
  private final int port = FreePort.find();
  private JavaProcess process;
  private int started;

  /**
   * Starts a broker and waits for it.
   *
   * @param data its directory
   * @param supervisor the jar with the main class that all processes start with
   * @param flags of the JVM
   */
  public BrokerProcess(Path data, Path logs, Path supervisor, List<String> flags)
      throws IOException, InterruptedException {
    this.data = data;
    this.logs = logs;
    this.supervisor = supervisor;
    this.flags = flags;
    process = launch();
  }

  private JavaProcess launch() throws IOException, InterruptedException {
    String name = "broker-" + ++started;
    List<String> options = new ArrayList<>(flags);
    options.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j2.configurationFile=classpath:anabranch-log4j2.properties",
            "-Danabranch.log=" + logs.resolve(name + "-kafka.log")));
    JavaProcess launched =
        JavaProcess.start(
            new JavaProcess.Command(
                name,
                supervisor + ":" + System.getProperty("java.class.path"),
                options,
                BrokerMain.class.getName(),
                List.of(data.toString(), Integer.toString(port)),
                Map.of()),
            logs);
    Wait.until(
        PATIENCE,
        () -> "the broker, see " + launched.log(),
        () -> ready(launched) || !launched.alive());
    if (!ready(launched)) {
      throw new IllegalStateException("the broker did not start, see " + launched.log());
    }
    return launched;
  }

  private boolean ready(JavaProcess launched) {
    try {
      return launched.output().contains(BrokerMain.READY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code host:port} for clients. */
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /** The process that is or was running last. */
  public JavaProcess process() {
    return process;
  }

  /** Starts it again after it was killed, and waits for it. */
  public void restart() throws IOException, InterruptedException {
    process = launch();
  }

  @Override
  public void close() {
    process.close();
  }
}
