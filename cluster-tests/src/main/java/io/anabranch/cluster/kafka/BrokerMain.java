package io.anabranch.cluster.kafka;

import io.anabranch.local.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Runs a broker until the process ends. */
public final class BrokerMain {
  static final String READY = "broker ready at ";

  private BrokerMain() {}

  /** The directory and the port. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    EmbeddedBroker broker = EmbeddedBroker.start(directory, port);
    System.out.println(READY + broker.bootstrap());
    new CountDownLatch(1).await();
  }
}
