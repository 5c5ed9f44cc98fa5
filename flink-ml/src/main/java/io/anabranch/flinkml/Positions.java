package io.anabranch.flinkml;

import org.apache.flink.ml.linalg.DenseVector;
import org.jspecify.annotations.Nullable;

/** The positions of a stream's vectors, of which there must be known how many there are. */
final class Positions {
  private Positions() {}

  /** How many: what was set, or the size of what learning begins with. */
  static int of(int numFeatures, @Nullable DenseVector initial) {
    if (initial != null && numFeatures != 0 && numFeatures != initial.size()) {
      throw new IllegalArgumentException(
          "numFeatures must be the size of the initial model data, "
              + initial.size()
              + ", got "
              + numFeatures);
    }
    int size = initial == null ? numFeatures : initial.size();
    if (size < 1) {
      throw new IllegalArgumentException(
          "numFeatures must be set, or initial model data be given, got neither");
    }
    return size;
  }

  /** The least width in which every position has a coordinate of its own. */
  static int bits(int size) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
  }
}
