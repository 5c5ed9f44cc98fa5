package io.anabranch.models.linear;

import io.anabranch.models.feature.FeatureSpec.Scale;
import io.anabranch.models.math.Numerics;

/**
 * A model's statistics of its numeric inputs, and the inputs scaled by them. The region of a
 * coordinate says which scale it is on:
 *
 * <pre>
 * standard   (x − mean) / deviation, bounded to ±3     {count, mean, M2}      sums: can be shared
 * min-max    (x − min) / (max − min)                   {count, min, max}      sums: can be shared
 * robust     (x − median) / (IQR / 1.349), within ±3   {@link Quartiles}      per key only
 * </pre>
 *
 * A value that never varied is 0. Memory: 24 bytes of statistics per coordinate, 144 when robust.
 */
final class InputScaling {
  /** Doubles per coordinate of the statistics that merge. */
  static final int WIDTH = 3;

  // As constants: that an enum's fields never change is nothing that a compiler relies on.
  private static final int STANDARD = Scale.STANDARD.region();
  private static final int RANGE = Scale.MIN_MAX.region();
  private static final int ROBUST = Scale.ROBUST.region();

  // Floats resolve 6e-8 of their size: a deviation below 1e-9 of the mean is rounding, not signal.
  private static final double LEAST_RELATIVE_VARIANCE = 1e-18;
  // A far outlier must not take a step for a hundred examples.
  private static final double MOST_DEVIATIONS = 3;

  private final int hashBits;
  private final StatisticTable mergeable = new StatisticTable(WIDTH);
  private final StatisticTable quartiles = new StatisticTable(Quartiles.WIDTH);
  private double[] scratch = new double[0];

  InputScaling(int hashBits) {
    this.hashBits = hashBits;
  }

  /** Counts, means and M2s; counts, minima and maxima. */
  StatisticTable mergeable() {
    return mergeable;
  }

  /** The quartiles of the robust coordinates. */
  StatisticTable quartiles() {
    return quartiles;
  }

  /** Counts a value. */
  void add(int coordinate, double value) {
    if (coordinate >>> hashBits == STANDARD) {
      int at = mergeable.touch(coordinate);
      Numerics.mergeMoments(mergeable.values(), at, 1, value, 0);
    } else {
      addOther(coordinate, value);
    }
  }

  private void addOther(int coordinate, double value) {
    if (isRobust(coordinate, hashBits)) {
      int at = quartiles.touch(coordinate);
      Quartiles.add(quartiles.values(), at, value);
    } else {
      count(mergeable, coordinate, hashBits, value);
    }
  }

  /** The value scaled by the statistics as they are; 0 when it never varied. */
  float scale(int coordinate, double value) {
    boolean robust = isRobust(coordinate, hashBits);
    StatisticTable table = robust ? quartiles : mergeable;
    int at = table.find(coordinate);
    if (at < 0) {
      return 0;
    }
    double[] of = table.values();
    return coordinate >>> hashBits == STANDARD
        ? standardised(of[at], of[at + 1], of[at + 2], value)
        : scaledOther(coordinate, of, at, value);
  }

  /** The value scaled by the statistics as they would be after {@link #add}. */
  float preview(int coordinate, double value) {
    if (coordinate >>> hashBits != STANDARD) {
      return previewOther(coordinate, value);
    }
    int at = mergeable.find(coordinate);
    if (at < 0) {
      return 0;
    }
    // What Numerics.mergeMoments would make of them, bit for bit, without writing it down.
    double[] of = mergeable.values();
    double before = of[at];
    double count = before + 1;
    double difference = value - of[at + 1];
    double mean = of[at + 1] + difference / count;
    return standardised(count, mean, of[at + 2] + difference * difference * before / count, value);
  }

  private float previewOther(int coordinate, double value) {
    boolean robust = isRobust(coordinate, hashBits);
    StatisticTable table = robust ? quartiles : mergeable;
    int at = table.find(coordinate);
    if (at < 0) {
      return 0;
    }
    if (scratch.length < table.width()) {
      scratch = new double[table.width()];
    }
    System.arraycopy(table.values(), at, scratch, 0, table.width());
    if (robust) {
      Quartiles.add(scratch, 0, value);
    } else {
      RunningRange.merge(scratch, 0, 1, value, value);
    }
    return scaledOther(coordinate, scratch, 0, value);
  }

  private float scaledOther(int coordinate, double[] of, int at, double value) {
    return isRobust(coordinate, hashBits)
        ? bounded(Quartiles.deviation(of, at, value))
        : RunningRange.position(of, at, value);
  }

  /** Counts a value among statistics that will be merged. */
  static void count(StatisticTable table, int coordinate, int hashBits, double value) {
    if (isRobust(coordinate, hashBits)) {
      throw new IllegalArgumentException(
          "scale: robust cannot be shared: the quartiles of several trainers do not add up");
    }
    int at = table.touch(coordinate);
    if (isRange(coordinate, hashBits)) {
      RunningRange.merge(table.values(), at, 1, value, value);
    } else {
      Numerics.mergeMoments(table.values(), at, 1, value, 0);
    }
  }

  /** Merges a coordinate's statistics of two parts of the stream. */
  static void merge(int coordinate, int hashBits, double[] into, int at, double[] from, int start) {
    if (isRange(coordinate, hashBits)) {
      RunningRange.merge(into, at, from[start], from[start + 1], from[start + 2]);
    } else {
      Numerics.mergeMoments(into, at, from, start);
    }
  }

  private static boolean isRange(int coordinate, int hashBits) {
    return coordinate >>> hashBits == RANGE;
  }

  private static boolean isRobust(int coordinate, int hashBits) {
    return coordinate >>> hashBits == ROBUST;
  }

  private static float standardised(double count, double mean, double m2, double value) {
    double variance = m2 / count;
    return variance <= mean * mean * LEAST_RELATIVE_VARIANCE
        ? 0
        : bounded((value - mean) / Math.sqrt(variance));
  }

  private static float bounded(double deviations) {
    // Branches that are rarely taken: Math.min and Math.max make learning from numbers slower by
    // half.
    if (deviations > MOST_DEVIATIONS) {
      return (float) MOST_DEVIATIONS;
    }
    return (float) (deviations < -MOST_DEVIATIONS ? -MOST_DEVIATIONS : deviations);
  }
}
