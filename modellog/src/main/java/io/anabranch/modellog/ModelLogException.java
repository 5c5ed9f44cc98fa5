package io.anabranch.modellog;

/** A models topic, or a record of one, that can't be read; says why. */
public final class ModelLogException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what is wrong. */
  public ModelLogException(String message) {
    super(message);
  }

  /** With what is wrong, and what it came from. */
  public ModelLogException(String message, Throwable cause) {
    super(message, cause);
  }
}
