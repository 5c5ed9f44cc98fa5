package io.anabranch.operators.exchange;

import java.util.SplittableRandom;

/**
 * When a trainer ships what it learned: after min(K, 1 % of the examples seen), give or take a
 * quarter; of the first 500 examples, half a per cent.
 *
 * <p>The relative part keeps young models fresh, where each example changes much, and the first
 * ones most: what is off then takes thousands of examples to mend. The jitter keeps trainers out of
 * step, which checkpoints would otherwise put them into: in lock-step they all compute on the same
 * stale weights.
 */
public final class ShippingSchedule {
  /** The share of the examples seen after which a young model is shipped. */
  private static final double SHARE = 0.01;

  /** So many examples count half. */
  private static final long FIRST = 500;

  private static final double JITTER = 0.25;

  private final int most;
  private final SplittableRandom random;
  private int left = 1;
  private boolean young = true;

  /**
   * A schedule whose first shipment is due after the first example.
   *
   * @param most K, the number of examples between shipments of a grown model, at least 1
   * @param seed the seed of the jitter
   */
  public ShippingSchedule(int most, long seed) {
    if (most < 1) {
      throw new IllegalArgumentException("examples between shipments must be >= 1, got " + most);
    }
    this.most = most;
    random = new SplittableRandom(seed);
  }

  /** Counts one learned example; true when a shipment is due. */
  public boolean advance() {
    return --left <= 0;
  }

  /**
   * Begins the next interval.
   *
   * @param seen how many examples this trainer has seen, its share of the model's history included
   */
  public void shipped(long seen) {
    double interval = Math.max(1, Math.min(most, SHARE * (seen - Math.min(seen, FIRST) / 2.0)));
    young = interval < most;
    left = (int) Math.max(1, interval * (1 + JITTER * (2 * random.nextDouble() - 1)));
  }

  /**
   * Whether the model is so young that a trainer must not run on while more than one of its deltas
   * is unacknowledged.
   */
  public boolean young() {
    return young;
  }
}
