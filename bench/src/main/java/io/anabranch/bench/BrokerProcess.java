package io.anabranch.bench;

import io.anabranch.local.broker.BrokerException;
import io.anabranch.local.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A broker in a process of its own, so that its CPU time is not counted as the job's. */
public final class BrokerProcess implements AutoCloseable {
  private static final String READY = "broker ready at ";

  private final Process process;
  private final String bootstrap;

  private BrokerProcess(Process process, String bootstrap) {
    this.process = process;
    this.bootstrap = bootstrap;
  }

  /** Starts one with its data in a directory, and waits for it. */
  public static BrokerProcess start(Path directory) throws IOException {
    Process process =
        JavaProcess.start(BrokerProcess.class, List.of("-Xmx512m"), List.of(directory.toString()));
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return new BrokerProcess(process, line.substring(READY.length()));
      }
    }
    throw new IOException("the broker's process ended before it was ready");
  }

  /** Where it listens. */
  public String bootstrap() {
    return bootstrap;
  }

  /** The process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** Runs a broker until its standard input or the process ends. */
  public static void main(String[] arguments) throws BrokerException, IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]))) {
      System.out.println(READY + broker.bootstrap());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
