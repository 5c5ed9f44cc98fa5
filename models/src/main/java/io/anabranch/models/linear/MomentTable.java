package io.anabranch.models.linear;

import io.anabranch.models.math.Numerics;
import java.util.Arrays;

/**
 * Count, mean and M2 of the few numeric coordinates: open addressing over two arrays. Memory: 28
 * bytes for each slot, at most twice the coordinates.
 */
final class MomentTable {
  /** Doubles per coordinate. */
  static final int WIDTH = 3;

  // Floats resolve 6e-8 of their size: a deviation below 1e-9 of the mean is rounding, not signal.
  private static final double LEAST_RELATIVE_VARIANCE = 1e-18;
  // A far outlier must not take a step for a hundred examples.
  private static final double MOST_DEVIATIONS = 3;
  private static final int SMALLEST = 4;

  private int[] keys = new int[SMALLEST];
  private double[] moments = new double[SMALLEST * WIDTH];
  private int size;

  int size() {
    return size;
  }

  /** The live moments. */
  double[] moments() {
    return moments;
  }

  /** Where a coordinate's moments begin, or -1. */
  int find(int coordinate) {
    int slot = slotOf(coordinate);
    return keys[slot] == 0 ? -1 : slot * WIDTH;
  }

  /** Where a coordinate's moments begin, made if need be. */
  int touch(int coordinate) {
    int slot = slotOf(coordinate);
    if (keys[slot] == 0) {
      if (2 * (size + 1) > keys.length) {
        grow();
        slot = slotOf(coordinate);
      }
      keys[slot] = coordinate + 1;
      size++;
    }
    return slot * WIDTH;
  }

  /** Counts a value. */
  void add(int coordinate, double value) {
    int at = touch(coordinate);
    Numerics.mergeMoments(moments, at, 1, value, 0);
  }

  /** Replaces a coordinate's moments. */
  void set(int coordinate, double[] from, int at) {
    int to = touch(coordinate);
    System.arraycopy(from, at, moments, to, WIDTH);
  }

  /** The value standardised by the moments as they are; 0 when it never varied. */
  float standardise(int coordinate, double value) {
    int at = find(coordinate);
    return at < 0 ? 0 : standardised(moments[at], moments[at + 1], moments[at + 2], value);
  }

  /** The value standardised by the moments as they would be after {@link #add}. */
  float preview(int coordinate, double value, double[] scratch) {
    int at = find(coordinate);
    if (at < 0) {
      return 0;
    }
    System.arraycopy(moments, at, scratch, 0, WIDTH);
    Numerics.mergeMoments(scratch, 0, 1, value, 0);
    return standardised(scratch[0], scratch[1], scratch[2], value);
  }

  /** All coordinates, ascending. */
  int[] coordinates() {
    int[] all = Arrays.stream(keys).filter(key -> key != 0).map(key -> key - 1).toArray();
    Arrays.sort(all);
    return all;
  }

  /** The moments of each coordinate in turn; all must be known. */
  double[] of(int[] coordinates) {
    double[] values = new double[coordinates.length * WIDTH];
    for (int i = 0; i < coordinates.length; i++) {
      System.arraycopy(moments, find(coordinates[i]), values, i * WIDTH, WIDTH);
    }
    return values;
  }

  /** Forgets everything, keeps the room. */
  void clear() {
    if (size > 0) {
      Arrays.fill(keys, 0);
      Arrays.fill(moments, 0);
      size = 0;
    }
  }

  private static float standardised(double count, double mean, double m2, double value) {
    double variance = m2 / count;
    if (variance <= mean * mean * LEAST_RELATIVE_VARIANCE) {
      return 0;
    }
    double standardised = (value - mean) / Math.sqrt(variance);
    return (float) Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, standardised));
  }

  private int slotOf(int coordinate) {
    int mask = keys.length - 1;
    int slot = coordinate & mask;
    while (keys[slot] != 0 && keys[slot] != coordinate + 1) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldKeys = keys;
    double[] oldMoments = moments;
    keys = new int[2 * oldKeys.length];
    moments = new double[2 * oldMoments.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slotOf(oldKeys[i] - 1);
        keys[slot] = oldKeys[i];
        System.arraycopy(oldMoments, i * WIDTH, moments, slot * WIDTH, WIDTH);
      }
    }
  }
}
