package io.anabranch.cluster.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Runs another main class, and ends this process when its standard input ends: the operating system
 * closes it when the parent dies, however it dies, so that no process is ever left behind.
 */
public final class Supervised {
  private static final int ORPHANED = 3;

  private Supervised() {}

  /** The main class and its arguments. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread watch = new Thread(Supervised::haltAtEndOfInput, "parent watch");
    watch.setDaemon(true);
    watch.start();
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void haltAtEndOfInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
