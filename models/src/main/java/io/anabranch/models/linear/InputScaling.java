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

  // Floats resolve 6e-8 of their size: a deviation below 1e-9 of the mean is rounding, not signal.
  private static final double LEAST_RELATIVE_VARIANCE = 1e-18;
  // A far outlier must not take a step for a hundred examples.
  private static final double MOST_DEVIATIONS = 3;

  private final int hashBits;
  private final StatisticTable mergeable = new StatisticTable(WIDTH);
  private final StatisticTable quartiles = new StatisticTable(Quartiles.WIDTH);
  private double[] scratch = new double[WIDTH];

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
    if (isRobust(coordinate, hashBits)) {
      int at = quartiles.touch(coordinate);
      Quartiles.add(quartiles.values(), at, value);
    } else {
      count(mergeable, coordinate, hashBits, value);
    }
  }

  /** The value scaled by the statistics as they are; 0 when it never varied. */
  float scale(int coordinate, double value) {
    if (isRobust(coordinate, hashBits)) {
      int at = quartiles.find(coordinate);
      return at < 0 ? 0 : bounded(Quartiles.deviation(quartiles.values(), at, value));
    }
    int at = mergeable.find(coordinate);
    return at < 0 ? 0 : scaled(coordinate, mergeable.values(), at, value);
  }

  /** The value scaled by the statistics as they would be after {@link #add}. */
  float preview(int coordinate, double value) {
    boolean robust = isRobust(coordinate, hashBits);
    StatisticTable table = robust ? quartiles : mergeable;
    int at = table.find(coordinate);
    if (at < 0) {
      return 0;
    }
    if (robust) {
      if (scratch.length < Quartiles.WIDTH) {
        scratch = new double[Quartiles.WIDTH];
      }
      System.arraycopy(table.values(), at, scratch, 0, Quartiles.WIDTH);
      Quartiles.add(scratch, 0, value);
      return bounded(Quartiles.deviation(scratch, 0, value));
    }
    System.arraycopy(table.values(), at, scratch, 0, WIDTH);
    addTo(scratch, 0, coordinate, hashBits, value);
    return scaled(coordinate, scratch, 0, value);
  }

  /** Counts a value among statistics that will be merged. */
  static void count(StatisticTable table, int coordinate, int hashBits, double value) {
    if (isRobust(coordinate, hashBits)) {
      throw new IllegalArgumentException(
          "scale: robust cannot be shared: the quartiles of several trainers do not add up");
    }
    int at = table.touch(coordinate);
    addTo(table.values(), at, coordinate, hashBits, value);
  }

  /** Merges a coordinate's statistics of two parts of the stream. */
  static void merge(int coordinate, int hashBits, double[] into, int at, double[] from, int start) {
    if (isRange(coordinate, hashBits)) {
      RunningRange.merge(into, at, from[start], from[start + 1], from[start + 2]);
    } else {
      Numerics.mergeMoments(into, at, from, start);
    }
  }

  /** Whether a coordinate's statistics are a count, a minimum and a maximum. */
  static boolean isRange(int coordinate, int hashBits) {
    return coordinate >>> hashBits == Scale.MIN_MAX.region();
  }

  private static boolean isRobust(int coordinate, int hashBits) {
    return coordinate >>> hashBits == Scale.ROBUST.region();
  }

  private static void addTo(double[] into, int at, int coordinate, int hashBits, double value) {
    if (isRange(coordinate, hashBits)) {
      RunningRange.merge(into, at, 1, value, value);
    } else {
      Numerics.mergeMoments(into, at, 1, value, 0);
    }
  }

  private float scaled(int coordinate, double[] from, int at, double value) {
    if (isRange(coordinate, hashBits)) {
      return RunningRange.position(from, at, value);
    }
    double mean = from[at + 1];
    double variance = from[at + 2] / from[at];
    return variance <= mean * mean * LEAST_RELATIVE_VARIANCE
        ? 0
        : bounded((value - mean) / Math.sqrt(variance));
  }

  private static float bounded(double deviations) {
    return (float) Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, deviations));
  }
}
