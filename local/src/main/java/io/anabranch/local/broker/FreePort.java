package io.anabranch.local.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on the loopback interface. */
final class FreePort {
  private FreePort() {}

  /** A port that is free now; another process may take it before it is bound. */
  static int find() throws IOException {
    try (ServerSocket socket = bind(0)) {
      return socket.getLocalPort();
    }
  }

  /** The same, and another one than a port that is not bound yet: it could be found twice. */
  static int findOtherThan(int taken) throws IOException {
    int port = find();
    while (port == taken) {
      port = find();
    }
    return port;
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = bind(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    // As Kafka binds: a port whose last connections linger in TIME_WAIT counts as free.
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }
}
