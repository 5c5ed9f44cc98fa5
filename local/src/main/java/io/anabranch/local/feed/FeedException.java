package io.anabranch.local.feed;

/** A file that cannot be fed; the message names file and, where there is one, line. */
public final class FeedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A wrong option or file. */
  public FeedException(String message) {
    super(message);
  }

  /** With the cause for the log. */
  public FeedException(String message, Throwable cause) {
    super(message, cause);
  }
}
