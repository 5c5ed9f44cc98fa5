package io.anabranch.job.decode;

/**
 * A record that cannot be used: a dead letter. Cheap, because a bad producer can send nothing else:
 * it has no stack trace.
 */
public final class RecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Stage stage;

  /** Where it was found that a record cannot be used. */
  public enum Stage {
    /** The bytes are no record of the format. */
    DECODE("decode"),
    /** The record can be read, and one of its fields breaks a rule. */
    VALIDATE("validate");

    private final String text;

    Stage(String text) {
      this.text = text;
    }

    /** The name in dead letters. */
    public String text() {
      return text;
    }
  }

  /** Names field, rule and value in {@code message}. */
  RecordException(Stage stage, String message) {
    super(message, null, false, false);
    this.stage = stage;
  }

  /** The bytes are no record of the format. */
  public static RecordException unreadable(String message) {
    return new RecordException(Stage.DECODE, message);
  }

  /** A field breaks a rule: {@code field 'x' must be finite, got 1e400}. */
  static RecordException field(String field, String rule) {
    return new RecordException(Stage.VALIDATE, "field '" + Excerpt.of(field) + "' " + rule);
  }

  /** Where it was found. */
  public Stage stage() {
    return stage;
  }
}
