package io.anabranch.local.run;

import java.util.Objects;

/** A run that cannot start or go on; the message is for the terminal, the cause for the log. */
public final class RunFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Exit status when the job failed, or what it needs could not be reached. */
  public static final int FAILED = 1;

  /** Exit status of a wrong pipeline, file, option or path. */
  public static final int INVALID = 2;

  private final int status;

  private RunFailure(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  private RunFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The job failed, or what it needs could not be reached. */
  public static RunFailure failed(String message) {
    return new RunFailure(FAILED, message);
  }

  /** The job failed, or what it needs could not be reached. */
  public static RunFailure failed(String message, Throwable cause) {
    return new RunFailure(FAILED, message, cause);
  }

  /** A wrong pipeline, file, option or path. */
  public static RunFailure invalid(String message) {
    return new RunFailure(INVALID, message);
  }

  /** A wrong pipeline, file, option or path. */
  public static RunFailure invalid(String message, Throwable cause) {
    return new RunFailure(INVALID, message, cause);
  }

  /** The job failed, or what it needs could not be reached, as the cause says. */
  public static RunFailure failed(Exception cause) {
    return new RunFailure(
        FAILED, Objects.requireNonNullElse(cause.getMessage(), cause.toString()), cause);
  }

  /** A wrong pipeline, file, option or path, as the cause says. */
  public static RunFailure invalid(Exception cause) {
    return new RunFailure(
        INVALID, Objects.requireNonNullElse(cause.getMessage(), cause.toString()), cause);
  }

  /** {@link #FAILED} or {@link #INVALID}. */
  public int status() {
    return status;
  }
}
