package io.anabranch.local;

import io.anabranch.local.broker.BrokerException;
import io.anabranch.local.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A real broker in a process of its own, which can be killed and started again where it was. */
final class MortalBroker implements AutoCloseable {
  private static final String READY = "broker ready at ";

  private final Path directory;
  private final Process process;
  private final String bootstrap;

  private MortalBroker(Path directory, Process process, String bootstrap) {
    this.directory = directory;
    this.process = process;
    this.bootstrap = bootstrap;
  }

  /** Starts one with its data in a directory, and waits for it. */
  static MortalBroker start(Path directory) throws IOException {
    return start(directory, QuietPort.find());
  }

  private static MortalBroker start(Path directory, int port) throws IOException {
    List<String> arguments = List.of(directory.toString(), Integer.toString(port));
    Path errors = directory.resolveSibling(directory.getFileName() + ".err");
    Process process = JavaProcess.start(MortalBroker.class, "400m", errors, arguments);
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return new MortalBroker(directory, process, line.substring(READY.length()));
      }
    }
    throw new IOException("the broker's process ended before it was ready, see " + errors);
  }

  String bootstrap() {
    return bootstrap;
  }

  /** Gives it no chance to say goodbye. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** After it was killed: another process at the same address with the same data. */
  MortalBroker again() throws IOException {
    String port = bootstrap.substring(bootstrap.lastIndexOf(':') + 1);
    return start(directory, Integer.parseInt(port));
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  /** Runs a broker until its standard input ends, which it does with the tests' process. */
  public static void main(String[] arguments) throws BrokerException, IOException {
    Path directory = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
      System.out.println(READY + broker.bootstrap());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
