package io.anabranch.local.feed;

/** A file that cannot be fed; the message names file and, where there is one, line. */
public final class FeedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean kafka;

  /** A wrong option or file. */
  public FeedException(String message) {
    super(message);
    kafka = false;
  }

  /** With the cause for the log. */
  public FeedException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private FeedException(String message, Throwable cause, boolean kafka) {
    super(message, cause);
    this.kafka = kafka;
  }

  /** Kafka is at fault, not the file. */
  static FeedException ofKafka(String message, Throwable cause) {
    return new FeedException(message, cause, true);
  }

  /** Whether Kafka is at fault, and not the file. */
  public boolean isKafka() {
    return kafka;
  }
}
