package io.anabranch.models.evidence;

/**
 * Counts as two floats each, their float and what it lacks: exact for whole numbers to 2^48, and
 * within 2^-48 of others. So counts travel in the plane of weights, which is made for many
 * coordinates.
 */
final class CountPairs {
  /** Floats of a count. */
  static final int WIDTH = 2;

  /** No count beyond this, so that it is finite as a float. */
  private static final double MOST = 1e38;

  private CountPairs() {}

  static double get(float[] values, int at) {
    return (double) values[at] + values[at + 1];
  }

  static void set(float[] values, int at, double count) {
    double bounded = Math.min(count, MOST);
    values[at] = (float) bounded;
    values[at + 1] = (float) (bounded - values[at]);
  }
}
