package io.anabranch.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports below those that the kernel gives to whoever asks for any: one that is free now is free
 * still when it is bound seconds later, or bound again.
 */
final class QuietPort {
  private static final int FIRST = 10_000;
  private static final int PORTS = 20_000;

  // So that tests of two processes begin at different ports.
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 61 % PORTS));

  private QuietPort() {}

  /** Another one at each call. */
  static int find() {
    int port = next();
    while (!isFree(port)) {
      port = next();
    }
    return port;
  }

  private static int next() {
    return FIRST + NEXT.getAndIncrement() % PORTS;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
