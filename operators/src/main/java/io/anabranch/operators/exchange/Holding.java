package io.anabranch.operators.exchange;

/**
 * Which fraction of its changes a trainer holds back at a shipment. A young model's are all of
 * importance; and now and then everything is shipped, also where there are no checkpoints: what is
 * held back long is missing elsewhere, and to the shards a coordinate occurs when its change comes.
 */
public final class Holding {
  private static final long LONGEST_MILLIS = 10_000;

  /** A coordinate's age is known to an eighth of the time after which it expires. */
  private static final int PARTS_OF_EXPIRY = 16;

  private final double hold;
  private final long longestMillis;
  private long wholeAt;

  /**
   * Begins with nothing held back.
   *
   * @param now milliseconds, here and below
   */
  public Holding(ExchangeCoding coding, CoordinateLimits limits, long now) {
    hold = coding.hold();
    longestMillis =
        limits.expires()
            ? Math.min(LONGEST_MILLIS, limits.expireMillis() / PARTS_OF_EXPIRY)
            : LONGEST_MILLIS;
    wholeAt = now;
  }

  /** The fraction at a shipment that takes place now. */
  public double at(long now, boolean young) {
    if (hold == 0 || young || now - wholeAt >= longestMillis || now < wholeAt) {
      wholeAt = now;
      return 0;
    }
    return hold;
  }
}
