package io.anabranch.local.run;

import org.apache.flink.util.SerializedThrowable;

/** Finds what a chain of wrapped failures is about. */
final class Causes {
  private Causes() {}

  /** The message of the innermost failure, in one line, with its kind when that says more. */
  static String shortest(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String kind =
        root instanceof SerializedThrowable serialized
            ? serialized.getOriginalErrorClassName()
            : root.getClass().getName();
    String name = kind.substring(kind.lastIndexOf('.') + 1);
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return name;
    }
    String line = message.strip().lines().findFirst().orElse(name);
    return line.startsWith(kind) ? name + line.substring(kind.length()) : name + ": " + line;
  }
}
