package io.anabranch.models.learner;

import java.io.Serializable;

/**
 * How a model divides into members that learn apart from each other, each from every example: what
 * {@link Placement#ENSEMBLE} spreads over subtasks. A member is a learner of its own; what the
 * members say of an example is combined by {@code io.anabranch.models.ensemble.Votes}.
 */
public interface Ensemble extends Serializable {

  /** How many members there are, at least 1. */
  int members();

  /**
   * An untrained member.
   *
   * @param member its number, from 0
   */
  Learner create(int member);

  /** A member's state, in the versioned format; equal members give equal bytes. */
  byte[] write(Learner member);

  /**
   * The member that {@link #write} wrote.
   *
   * @param member its number
   * @throws IllegalArgumentException with the reason, when the bytes are damaged, or are not of
   *     this member of such an ensemble
   */
  Learner read(int member, byte[] bytes);
}
