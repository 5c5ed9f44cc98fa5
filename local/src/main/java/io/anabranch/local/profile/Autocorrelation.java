package io.anabranch.local.profile;

/**
 * The correlation of a sequence of numbers with itself one step before.
 *
 * <pre>
 * r = cov(x_t, x_(t−1)) / (sd(x_t) · sd(x_(t−1)))        by Welford's recurrences
 * </pre>
 *
 * Memory: O(1).
 */
public final class Autocorrelation {
  private double last;
  private boolean started;
  private final Correlation pairs = new Correlation();

  /** The next number of the sequence, finite. */
  public void add(double value) {
    if (started) {
      pairs.add(last, value);
    }
    started = true;
    last = value;
  }

  /** From -1 to 1; NaN while it is undefined. */
  public double value() {
    return pairs.value();
  }
}
