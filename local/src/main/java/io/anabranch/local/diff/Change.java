package io.anabranch.local.diff;

/**
 * What becomes of one part of a pipeline's state.
 *
 * @param part a learner's id, or another part of the pipeline
 * @param fate what becomes of its state
 * @param reason what changed, and what follows
 */
public record Change(String part, Fate fate, String reason) {

  /** What becomes of state when the changed pipeline resumes from the old one's checkpoint. */
  public enum Fate {
    /** It goes on where it was. */
    KEPT("kept"),
    /** There was none, or it is not looked at again. */
    STARTS_ANEW("starts anew"),
    /** Nobody asks for it. */
    DROPPED("dropped"),
    /** The job cannot resume with it. */
    INCOMPATIBLE("incompatible");

    private final String text;

    Fate(String text) {
      this.text = text;
    }

    /** In words. */
    public String text() {
      return text;
    }
  }
}
