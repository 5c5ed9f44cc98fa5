package io.anabranch.models.metrics;

import java.io.Serializable;
import net.openhft.hashing.LongHashFunction;

/**
 * Which examples are predicted and scored, but never learned: those whose hashed id falls into a
 * fraction of all hashes. So the choice depends on ids and seed alone, not on order, parallelism or
 * restarts, and all learners hold out the same ones.
 *
 * @param fraction the share of all examples, 0 to below 1
 * @param seed another one chooses other examples
 */
public record Holdout(double fraction, long seed) implements Serializable {
  /** Everything is learned. */
  public static final Holdout NONE = new Holdout(0, 0);

  private static final LongHashFunction HASH = LongHashFunction.xx3();
  private static final double UNIT = 0x1p-53;

  /** Checks the range. */
  public Holdout {
    boolean valid = fraction >= 0 && fraction < 1;
    if (!valid) {
      throw new IllegalArgumentException("holdout must be >= 0 and < 1, got " + fraction);
    }
  }

  /** Whether the example of this id is held out. */
  public boolean contains(String id) {
    return fraction > 0 && (HASH.hashLong(HASH.hashChars(id) + seed) >>> 11) * UNIT < fraction;
  }
}
