package io.anabranch.local.draft;

/** No pipeline can be written for a file; the message says what has to be said first. */
public final class DraftException extends Exception {
  private static final long serialVersionUID = 1L;

  DraftException(String message) {
    super(message);
  }
}
