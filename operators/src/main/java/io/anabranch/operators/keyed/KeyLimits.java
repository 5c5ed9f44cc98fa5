package io.anabranch.operators.keyed;

import io.anabranch.operators.flink.ShardKeys;
import java.io.Serializable;

/**
 * How long, and how many, keys keep their models.
 *
 * @param expireMillis for how long a key that is not seen keeps its model, 1 to {@link
 *     #LONGEST_EXPIRY}; {@link #NEVER} for as long as the job's state
 * @param entries most keys that have a model, at least {@link #LEAST_ENTRIES}; {@link #ANY} for no
 *     limit
 */
public record KeyLimits(long expireMillis, long entries) implements Serializable {

  /** Models do not expire. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Any number of keys has models. */
  public static final long ANY = Long.MAX_VALUE;

  /** A thousand years, in milliseconds: later times would not fit a long. */
  public static final long LONGEST_EXPIRY = 31_557_600_000_000L;

  /** One for each key group. */
  public static final long LEAST_ENTRIES = ShardKeys.KEY_GROUPS;

  /** Every model is kept. */
  public static final KeyLimits NONE = new KeyLimits(NEVER, ANY);

  /** Checks the ranges. */
  public KeyLimits {
    if (expireMillis < 1) {
      throw new IllegalArgumentException("expire must be >= 1 ms, got " + expireMillis);
    }
    if (expireMillis > LONGEST_EXPIRY && expireMillis != NEVER) {
      throw new IllegalArgumentException(
          "expire must be <= " + LONGEST_EXPIRY + " ms, a thousand years, got " + expireMillis);
    }
    if (entries < LEAST_ENTRIES) {
      throw new IllegalArgumentException(
          "entries must be >= " + LEAST_ENTRIES + ", one for each key group, got " + entries);
    }
  }

  /** Whether models of keys that are not seen are forgotten. */
  public boolean expires() {
    return expireMillis != NEVER;
  }

  /** Whether models are forgotten when there are too many. */
  public boolean capped() {
    return entries != ANY;
  }
}
