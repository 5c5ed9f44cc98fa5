package io.anabranch.operators.embed;

/** A record that cannot be used. Without a stack trace: a stream of bad records must stay cheap. */
final class RefusalException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RefusalException(String reason) {
    super(reason, null, false, false);
  }
}
