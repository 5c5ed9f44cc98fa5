package io.anabranch.operators.exchange;

import java.io.Serializable;

/**
 * Which hashed coordinates a shared model keeps weights of. Those of scaled numbers, of which there
 * are few, it always keeps.
 *
 * @param count a coordinate joins the model when it has occurred so often, 1 to {@link
 *     #MOST_COUNT}; 1 = at once
 * @param expireMillis a coordinate that has not occurred for so long is forgotten; {@link #NEVER},
 *     or at least 1
 */
public record CoordinateLimits(int count, long expireMillis) implements Serializable {
  /** The most occurrences that are waited for. */
  public static final int MOST_COUNT = 100;

  /** The coordinates stay for good. */
  public static final long NEVER = 0;

  /** Every coordinate joins at once and stays. */
  public static final CoordinateLimits NONE = new CoordinateLimits(1, NEVER);

  /** Checks the ranges. */
  public CoordinateLimits {
    if (count < 1 || count > MOST_COUNT) {
      throw new IllegalArgumentException(
          "admit.count must be between 1 and " + MOST_COUNT + ", got " + count);
    }
    if (expireMillis < 0) {
      throw new IllegalArgumentException("expire must be >= 1 ms, got " + expireMillis);
    }
  }

  /** Whether coordinates wait until they have occurred often enough. */
  public boolean admits() {
    return count > 1;
  }

  /** Whether coordinates are forgotten. */
  public boolean expires() {
    return expireMillis != NEVER;
  }
}
