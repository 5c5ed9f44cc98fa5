package io.anabranch.models.linear;

import java.util.Arrays;

/**
 * Weights by coordinate: open addressing with linear probing over 16-byte lines {coordinate + 1, u,
 * n, extra} in one array, so that all of a coordinate comes with one cache line. (Large arrays
 * begin on a multiple of 16 bytes; small ones fit the cache anyway.) Coordinates are hashes
 * already: their low bits are the slot.
 *
 * <p>Memory: 16 bytes for each slot; slots double when 3/4 are taken, so O(coordinates touched).
 */
final class CoordinateTable {
  /** Ints per line. */
  static final int LINE = 4;

  /** Where in a line the unthresholded weight is, as float bits. */
  static final int U = 1;

  /** Where in a line the sum of squared gradients is, as float bits. */
  static final int N = 2;

  /** Where in a line the owner's own int is. */
  static final int EXTRA = 3;

  private static final int SMALLEST = 16;

  private int[] lines;
  private int mask;
  private int size;

  CoordinateTable() {
    lines = new int[SMALLEST * LINE];
    mask = SMALLEST - 1;
  }

  /** The live lines; replaced when the table grows. */
  int[] lines() {
    return lines;
  }

  int size() {
    return size;
  }

  /** Whether {@code more} coordinates can be touched without the lines moving. */
  boolean hasRoom(int more) {
    int slots = mask + 1;
    return size + more <= slots - (slots >>> 2);
  }

  /** Makes room, so that {@code more} coordinates can be touched without the lines moving. */
  void reserve(int more) {
    int slots = mask + 1;
    while (size + more > slots - (slots >>> 2)) {
      slots = Math.multiplyExact(slots, 2);
    }
    if (slots > mask + 1) {
      rehash(slots, Integer.MIN_VALUE);
    }
  }

  /**
   * The same, but where room has to be made, the lines that are all zero are left out first: they
   * say no more than lines that are not there.
   *
   * @param least a line whose own int is at least this stays
   */
  void reserveWithoutZeros(int more, int least) {
    if (hasRoom(more)) {
      return;
    }
    int left = 0;
    for (int at = 0; at < lines.length; at += LINE) {
      left += isLeft(lines, at, least) ? 1 : 0;
    }
    int slots = mask + 1;
    // Where next to nothing could be left out, it would have to be done again soon.
    while (left + more > slots - (slots >>> 2) || (left < size && left + more > slots >>> 1)) {
      slots = Math.multiplyExact(slots, 2);
    }
    rehash(slots, least);
  }

  private static boolean isLeft(int[] lines, int at, int least) {
    return lines[at] != 0 && ((lines[at + U] | lines[at + N]) != 0 || lines[at + EXTRA] >= least);
  }

  /** Where a coordinate's line begins, or -1 when it was never touched. */
  int find(int coordinate) {
    int[] lines = this.lines;
    int slot = coordinate & mask;
    while (true) {
      int there = lines[slot * LINE];
      if (there == coordinate + 1) {
        return slot * LINE;
      }
      if (there == 0) {
        return -1;
      }
      slot = slot + 1 & mask;
    }
  }

  /** Where a coordinate's line begins, made if need be; room must have been reserved. */
  int touch(int coordinate) {
    int[] lines = this.lines;
    int slot = coordinate & mask;
    while (true) {
      int there = lines[slot * LINE];
      if (there == coordinate + 1) {
        return slot * LINE;
      }
      if (there == 0) {
        lines[slot * LINE] = coordinate + 1;
        size++;
        return slot * LINE;
      }
      slot = slot + 1 & mask;
    }
  }

  /** All coordinates touched, ascending. */
  int[] coordinates() {
    int[] all = new int[size];
    int i = 0;
    for (int at = 0; at < lines.length; at += LINE) {
      if (lines[at] != 0) {
        all[i++] = lines[at] - 1;
      }
    }
    Arrays.sort(all);
    return all;
  }

  private void rehash(int slots, int least) {
    int[] old = lines;
    lines = new int[Math.multiplyExact(slots, LINE)];
    mask = slots - 1;
    size = 0;
    for (int from = 0; from < old.length; from += LINE) {
      if (isLeft(old, from, least)) {
        System.arraycopy(old, from, lines, touch(old[from] - 1), LINE);
      }
    }
  }
}
