package io.anabranch.models.format;

/** Bytes that are no model, a damaged one, or one that this build can't read. Says which. */
public final class CorruptModelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** A refusal: rule, value, and what follows from it. */
  public CorruptModelException(String message) {
    super(message);
  }
}
