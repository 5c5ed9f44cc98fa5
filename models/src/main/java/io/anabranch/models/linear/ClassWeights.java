package io.anabranch.models.linear;

import java.util.Arrays;

/**
 * A weight and a sum of squares for each coordinate and class: open addressing over rows of (u, n)
 * pairs, one pair for each class, so that all classes of a coordinate come together.
 *
 * <p>Memory: 4 + 8 · classes bytes for each slot, at most twice the coordinates touched.
 */
final class ClassWeights {
  private static final int SMALLEST = 8;

  private int[] keys = new int[SMALLEST];
  private float[] pairs = new float[0];
  private int size;
  private int width;
  private boolean leavesZerosOut;

  /** From now on, where room has to be made, rows of zeros make it: they say nothing. */
  void leaveZerosOut() {
    leavesZerosOut = true;
  }

  /** How many coordinates were touched. */
  int size() {
    return size;
  }

  /** Makes a row have room for so many classes; new ones weigh nothing. */
  void widen(int classes) {
    if (classes > width) {
      resize(keys.length, classes);
    }
  }

  /** Makes room, so that {@code more} coordinates can be touched without rows moving. */
  void reserve(int more) {
    int slots = keys.length;
    if (leavesZerosOut && size + more > slots - (slots >>> 2) && rowsLeft() + more <= slots >>> 1) {
      resize(slots, width);
    }
    while (size + more > slots - (slots >>> 2)) {
      slots = Math.multiplyExact(slots, 2);
    }
    if (slots > keys.length) {
      resize(slots, width);
    }
  }

  /** Where a coordinate's row begins, or -1 when it was never touched. */
  int find(int coordinate) {
    int slot = slotOf(coordinate);
    return keys[slot] == 0 ? -1 : slot * 2 * width;
  }

  /** Where a coordinate's row begins, made if need be; room must have been reserved. */
  int touch(int coordinate) {
    int slot = slotOf(coordinate);
    if (keys[slot] == 0) {
      keys[slot] = coordinate + 1;
      size++;
    }
    return slot * 2 * width;
  }

  /** The live pairs: of class k in a row from {@code at}, u at {@code at + 2k} and n after it. */
  float[] pairs() {
    return pairs;
  }

  /** All coordinates touched, ascending. */
  int[] coordinates() {
    int[] all = Arrays.stream(keys).filter(key -> key != 0).map(key -> key - 1).toArray();
    Arrays.sort(all);
    return all;
  }

  private int slotOf(int coordinate) {
    int mask = keys.length - 1;
    int slot = coordinate & mask;
    while (keys[slot] != 0 && keys[slot] != coordinate + 1) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private int rowsLeft() {
    int left = 0;
    for (int slot = 0; slot < keys.length; slot++) {
      left += keys[slot] != 0 && isLeft(pairs, slot * 2 * width, width) ? 1 : 0;
    }
    return left;
  }

  /** Whether a row has to be kept. */
  private boolean isLeft(float[] rows, int from, int width) {
    if (!leavesZerosOut) {
      return true;
    }
    for (int at = from; at < from + 2 * width; at++) {
      if (Float.floatToRawIntBits(rows[at]) != 0) {
        return true;
      }
    }
    return false;
  }

  private void resize(int slots, int classes) {
    int[] oldKeys = keys;
    float[] oldPairs = pairs;
    int oldWidth = width;
    keys = new int[slots];
    pairs = new float[Math.multiplyExact(slots, 2 * classes)];
    width = classes;
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0 && isLeft(oldPairs, i * 2 * oldWidth, oldWidth)) {
        size++;
        int slot = slotOf(oldKeys[i] - 1);
        keys[slot] = oldKeys[i];
        System.arraycopy(oldPairs, i * 2 * oldWidth, pairs, slot * 2 * width, 2 * oldWidth);
      }
    }
  }
}
