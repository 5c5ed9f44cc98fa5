package io.anabranch.models.drift;

/** What a detector says of the errors, the last one included. */
public enum Change {
  /** They are as they were, as far as can be told. */
  NONE,
  /** They have become fewer or smaller: the learner has learned. */
  FALL,
  /** They have become more or larger: a drift. */
  RISE
}
