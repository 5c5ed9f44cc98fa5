package io.anabranch.operators.exchange;

import java.io.Serializable;

/**
 * What trainers and shards leave out to say it in fewer bytes. Only for learners whose {@link
 * io.anabranch.models.exchange.MergeRule#leastPrecision} allows it.
 *
 * @param rounded whether floats are rounded to what the learner's rule needs at least, 16 bits
 *     mostly
 * @param hold the fraction of a grown model's changes, the smallest, that a trainer keeps to itself
 *     until they have added up, from 0 to below 1; at most until it has nothing to learn, the next
 *     checkpoint, or as {@link Holding} says
 */
public record ExchangeCoding(boolean rounded, double hold) implements Serializable {
  /** Leaves nothing out. */
  public static final ExchangeCoding EXACT = new ExchangeCoding(false, 0);

  /** Checks the range. */
  public ExchangeCoding {
    if (!(hold >= 0 && hold < 1)) {
      throw new IllegalArgumentException("exchange.hold must be from 0 to below 1, got " + hold);
    }
  }
}
