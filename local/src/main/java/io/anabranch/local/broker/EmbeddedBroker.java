package io.anabranch.local.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this process: one node that is its own controller (KRaft), reachable from
 * this machine only. Its data stays in its directory and is found again at the next start, whatever
 * the port. Takes records of up to 16 MiB, creates no topic by itself and deletes none by age.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int ATTEMPTS = 3;
  private static final String WHAT = "broker directory";

  static {
    // Kafka ends the process when a start fails or a disk breaks; inside an application it may not.
    Exit.setExitProcedure(EmbeddedBroker::refuseToExit);
    Exit.setHaltProcedure(EmbeddedBroker::refuseToExit);
  }

  private final KafkaRaftServer server;
  private final DirectoryLock lock;
  private final int port;
  private boolean closed;

  private EmbeddedBroker(KafkaRaftServer server, DirectoryLock lock, int port) {
    this.server = server;
    this.lock = lock;
    this.port = port;
  }

  /**
   * Starts on a free port; returns when the broker answers.
   *
   * @param directory created when absent; one broker at a time may use it
   * @throws BrokerException when the directory cannot be written or another run uses it
   */
  public static EmbeddedBroker start(Path directory) throws BrokerException {
    DirectoryLock lock = DirectoryLock.acquire(directory, WHAT);
    // A port found free can be taken by another process before the broker binds it.
    for (int attempt = 1; ; attempt++) {
      int port = freePort(0);
      try {
        return start(directory, port, lock);
      } catch (BrokerException e) {
        if (attempt == ATTEMPTS || FreePort.isFree(port)) {
          release(lock);
          throw e;
        }
      }
    }
  }

  /**
   * Starts on a given port.
   *
   * @throws BrokerException also when the port is taken
   */
  public static EmbeddedBroker start(Path directory, int port) throws BrokerException {
    DirectoryLock lock = DirectoryLock.acquire(directory, WHAT);
    try {
      if (!FreePort.isFree(port)) {
        throw new BrokerException("broker port " + port + ": taken by another process");
      }
      return start(directory, port, lock);
    } catch (BrokerException e) {
      release(lock);
      throw e;
    }
  }

  private static EmbeddedBroker start(Path directory, int port, DirectoryLock lock)
      throws BrokerException {
    Path data = directory.toAbsolutePath().resolve("data");
    Properties settings = BrokerSettings.of(data, port, freePort(port));
    format(directory, data, settings);
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      throw new BrokerException("embedded broker in " + directory + ": " + rootMessage(e), e);
    }
    LOG.info("embedded broker on port {}, data in {}", port, data);
    return new EmbeddedBroker(server, lock, port);
  }

  private static void format(Path directory, Path data, Properties settings)
      throws BrokerException {
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    Path file = directory.resolve("server.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      settings.store(out, "Written at each format; the broker reads its settings from memory.");
    } catch (IOException e) {
      throw new BrokerException("broker directory " + directory + ": cannot be written: " + e, e);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    String[] command = {"format", "-c", file.toString(), "-t", Uuid.randomUuid().toString()};
    int status = StorageTool.execute(command, out);
    if (status != 0) {
      throw new BrokerException(
          "broker directory "
              + directory
              + ": cannot be formatted: "
              + said.toString(StandardCharsets.UTF_8).strip());
    }
  }

  private static int freePort(int otherThan) throws BrokerException {
    try {
      return FreePort.findOtherThan(otherThan);
    } catch (IOException e) {
      throw new BrokerException("no free port on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  private static void release(DirectoryLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("cannot release the broker directory", e);
    }
  }

  private static void refuseToExit(int status, String message) {
    throw new IllegalStateException(
        "the embedded broker gave up with status " + status + ": " + message);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  /** {@code host:port} for clients. */
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /** The port, for a later start on the same one. */
  public int port() {
    return port;
  }

  /** Shuts down cleanly and waits for it; may be called again. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
    release(lock);
  }
}
