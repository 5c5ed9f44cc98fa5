package io.anabranch.flinkml;

/**
 * Sums that fade, each with the logarithm of what it is scaled by: {@code S = value · exp(scale)}.
 * So nothing is lost however far it fades, and the ratio of two sums that nothing was added to
 * stays what it was (forward decay: Cormode et al. 2009, "Forward decay", section 6, with a
 * landmark for each sum).
 */
final class FadingSums {
  /** Doubles of a sum: its value and its scale. */
  private static final int WIDTH = 2;

  private final double[] sums;

  /** Sums of nothing. */
  FadingSums(int size) {
    sums = new double[size * WIDTH];
  }

  /** A sum; 0 when it has faded below what a double holds. */
  double of(int sum) {
    return value(sum) * Math.exp(scale(sum));
  }

  /**
   * What one sum is of another, however far both have faded; 0 when the other is a sum of nothing.
   */
  double ratio(int sum, int other) {
    if (value(other) == 0) {
      return 0;
    }
    double ratio = value(sum) / value(other);
    return scale(sum) == scale(other) ? ratio : ratio * Math.exp(scale(sum) - scale(other));
  }

  double value(int sum) {
    return sums[sum * WIDTH];
  }

  double scale(int sum) {
    return sums[sum * WIDTH + 1];
  }

  /** Fades every sum by a factor, given by its logarithm. */
  void fade(double logarithm) {
    for (int sum = 0; sum * WIDTH < sums.length; sum++) {
      fade(sum, logarithm);
    }
  }

  void fade(int sum, double logarithm) {
    sums[sum * WIDTH + 1] += logarithm;
  }

  void set(int sum, double value, double scale) {
    sums[sum * WIDTH] = value;
    sums[sum * WIDTH + 1] = scale;
  }

  void add(int sum, double value, double scale) {
    add(sums, sum * WIDTH, value, scale);
  }

  /** Adds to a sum whose value and scale stand in an array, one after the other. */
  static void add(double[] sums, int at, double value, double scale) {
    if (value == 0) {
      return; // a sum that nothing is added to keeps its scale
    }
    if (sums[at] == 0) {
      sums[at] = value;
      sums[at + 1] = scale;
    } else if (sums[at + 1] == scale) {
      sums[at] += value;
    } else {
      double greater = Math.max(sums[at + 1], scale);
      sums[at] = sums[at] * Math.exp(sums[at + 1] - greater) + value * Math.exp(scale - greater);
      sums[at + 1] = greater;
    }
  }
}
