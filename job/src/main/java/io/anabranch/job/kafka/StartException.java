package io.anabranch.job.kafka;

/**
 * The job cannot be started as things are outside: no broker, no input topic, no permission, or
 * another run of the pipeline. The message says which, in one sentence.
 */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what is missing. */
  public StartException(String message) {
    super(message);
  }

  /** Says what is missing, and how that was noticed. */
  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
