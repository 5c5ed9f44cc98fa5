package io.anabranch.models.linear;

import java.util.Arrays;

/**
 * A few doubles for each of the few numeric coordinates: open addressing over two arrays. Memory: 4
 * bytes and the doubles for each slot, at most four times the coordinates; next to nothing while
 * empty.
 */
final class StatisticTable {
  private static final double[] NONE = new double[0];

  private final int width;
  private int[] keys = new int[1];
  private double[] values = NONE;
  private int size;

  /**
   * An empty table.
   *
   * @param width doubles per coordinate
   */
  StatisticTable(int width) {
    this.width = width;
  }

  /** Doubles per coordinate. */
  int width() {
    return width;
  }

  int size() {
    return size;
  }

  /** The live doubles; replaced when the table grows. */
  double[] values() {
    return values;
  }

  /** Where a coordinate's doubles begin, or -1. */
  int find(int coordinate) {
    int slot = slotOf(coordinate);
    return keys[slot] == 0 ? -1 : slot * width;
  }

  /** Where a coordinate's doubles begin, made of zeros if need be. */
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
    return slot * width;
  }

  /** Replaces a coordinate's doubles. */
  void set(int coordinate, double[] from, int at) {
    int to = touch(coordinate);
    System.arraycopy(from, at, values, to, width);
  }

  /** Takes over all coordinates of another table of this width. */
  void setAll(StatisticTable other) {
    for (int coordinate : other.coordinates()) {
      set(coordinate, other.values, other.find(coordinate));
    }
  }

  /** All coordinates, ascending. */
  int[] coordinates() {
    int[] all = Arrays.stream(keys).filter(key -> key != 0).map(key -> key - 1).toArray();
    Arrays.sort(all);
    return all;
  }

  /** The doubles of each coordinate in turn; all must be known. */
  double[] of(int[] coordinates) {
    double[] all = new double[coordinates.length * width];
    for (int i = 0; i < coordinates.length; i++) {
      System.arraycopy(values, find(coordinates[i]), all, i * width, width);
    }
    return all;
  }

  /** Forgets everything, keeps the room. */
  void clear() {
    if (size > 0) {
      Arrays.fill(keys, 0);
      Arrays.fill(values, 0);
      size = 0;
    }
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
    double[] oldValues = values;
    keys = new int[2 * oldKeys.length];
    values = new double[keys.length * width];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slotOf(oldKeys[i] - 1);
        keys[slot] = oldKeys[i];
        System.arraycopy(oldValues, i * width, values, slot * width, width);
      }
    }
  }
}
