package io.anabranch.operators.exchange;

/**
 * How much of a delta is left after the merge rule's discount: the change of truth by the change
 * that was shipped, over the first float of each coordinate. One delta in {@value #EVERY} is looked
 * at, since it takes a copy.
 */
final class MergedShare {
  private static final int EVERY = 64;

  private int merges;
  private float[] before = new float[0];
  // Read by metric reporters, which may see an old value.
  private volatile double last = 1;

  /** Keeps what truth is before a merge; true when {@link #after} has to be called. */
  boolean before(float[] truth, int width, int size) {
    if (merges++ % EVERY != 0 || width == 0) {
      return false;
    }
    if (before.length < size) {
      before = new float[size];
    }
    for (int i = 0; i < size; i++) {
      before[i] = truth[i * width];
    }
    return true;
  }

  /** Compares with what truth has become. */
  void after(float[] truth, int width, float[] delta, int deltaWidth, int size) {
    double merged = 0;
    double shipped = 0;
    for (int i = 0; i < size; i++) {
      merged += Math.abs((double) truth[i * width] - before[i]);
      shipped += Math.abs((double) delta[i * deltaWidth]);
    }
    if (shipped > 0) {
      last = merged / shipped;
    }
  }

  /** The last share; 1 before the first. */
  double last() {
    return last;
  }
}
