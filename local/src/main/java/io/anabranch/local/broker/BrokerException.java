package io.anabranch.local.broker;

/** The embedded broker cannot start; the message says why, in the user's terms. */
public final class BrokerException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Without a cause worth a stack trace. */
  public BrokerException(String message) {
    super(message);
  }

  /** With the cause for the log. */
  public BrokerException(String message, Throwable cause) {
    super(message, cause);
  }
}
