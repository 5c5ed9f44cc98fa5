package io.anabranch.models.math;

/**
 * Stable numerics. Policy: NaN goes in, NaN comes out; infinities take their limits; no result
 * overflows where the limit is finite. StrictMath throughout, so that a model continues bit for bit
 * on another processor.
 */
public final class Numerics {

  private Numerics() {}

  /** The logistic function 1 / (1 + e^-t), in [0, 1]. */
  public static double sigmoid(double t) {
    // One exponential of a number that is not positive, so that it cannot overflow.
    double e = StrictMath.exp(-Math.abs(t));
    return t >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  /** log(1 + e^t), the logistic loss of margin -t. */
  public static double logOnePlusExp(double t) {
    return Math.max(t, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(t)));
  }

  /** Replaces margins, at least one, by the probabilities e^t / Σ e^t. */
  public static void softmax(double[] margins) {
    double most = margins[0];
    for (double margin : margins) {
      most = Math.max(most, margin);
    }
    double sum = 0;
    for (int k = 0; k < margins.length; k++) {
      // Exponentials of numbers that are not positive, one of which is 0.
      margins[k] = StrictMath.exp(margins[k] - most);
      sum += margins[k];
    }
    for (int k = 0; k < margins.length; k++) {
      margins[k] /= sum;
    }
  }

  /**
   * Merges moments (count, mean, M2 = sum of squared deviations) into those at {@code at}: Chan,
   * Golub and LeVeque 1979, formula 2.1; with a count of 1 it is Welford's update. A count of 0 on
   * either side leaves the other side's bits.
   *
   * @param into three doubles from {@code at}, changed in place
   * @param from three doubles from {@code start}
   */
  public static void mergeMoments(double[] into, int at, double[] from, int start) {
    mergeMoments(into, at, from[start], from[start + 1], from[start + 2]);
  }

  /** Merges moments given one by one. */
  public static void mergeMoments(double[] into, int at, double count, double mean, double m2) {
    if (count == 0) {
      return;
    }
    double before = into[at];
    if (before == 0) {
      into[at] = count;
      into[at + 1] = mean;
      into[at + 2] = m2;
      return;
    }
    double total = before + count;
    double difference = mean - into[at + 1];
    into[at] = total;
    into[at + 1] += difference * count / total;
    into[at + 2] += m2 + difference * difference * before * count / total;
  }
}
