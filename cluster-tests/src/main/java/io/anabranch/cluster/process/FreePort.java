package io.anabranch.cluster.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports on the loopback interface, below those that the kernel gives to whoever asks for any: a JVM
 * takes seconds to bind the one it was told, while others start that ask for many.
 */
public final class FreePort {
  private static final int FIRST = 10_000;
  private static final int PORTS = 20_000;

  // So that two runs on one machine begin at different ports.
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 61 % PORTS));

  private FreePort() {}

  /** A port that is free now, another one at each call. */
  public static int find() {
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
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
