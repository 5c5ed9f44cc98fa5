package io.anabranch.models.linear;

import java.util.Arrays;

/**
 * Weights by coordinate: open addressing with linear probing over 16-byte lines {coordinate + 1, u,
 * n, extra} in one array, so that all of a coordinate comes with one cache line. (Large arrays
 * begin on a multiple of 16 bytes; small ones fit the cache anyway.) Coordinates are hashes
 * already: their low bits are the slot.
 *
 * <p>When it would have as many slots as there are hashed coordinates, each of these has its own
 * from then on and never needs another; the few others, numbers and the intercept, have slots of
 * their own behind them.
 *
 * <p>Memory: 16 bytes for each slot; slots double when 3/4 are taken, so O(coordinates touched), up
 * to one for each hashed coordinate.
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

  private final int hashed;
  private int[] lines;
  private int mask;
  private int size;

  // Once every hashed coordinate has its slot: the first of the others, their slots and lines.
  private int others = Integer.MAX_VALUE;
  private int otherSlots;
  private int otherLines;

  /**
   * An empty table.
   *
   * @param hashBits coordinates below 2^hashBits are hashed
   */
  CoordinateTable(int hashBits) {
    hashed = 1 << hashBits;
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

  /**
   * Whether coordinates can be touched without the lines moving.
   *
   * @param more how many
   * @param numbers how many of them are not hashed
   */
  boolean hasRoom(int more, int numbers) {
    return isComplete() ? fit(otherLines + numbers, otherSlots) : fit(size + more, mask + 1);
  }

  private boolean isComplete() {
    return others == hashed;
  }

  private static boolean fit(int lines, int slots) {
    return lines <= slots - (slots >>> 2);
  }

  /** Makes room, so that coordinates can be touched without the lines moving. */
  void reserve(int more, int numbers) {
    if (!hasRoom(more, numbers)) {
      rehash(slotsFor(size + more), numbers, Integer.MIN_VALUE);
    }
  }

  private int slotsFor(int lines) {
    int slots = mask + 1;
    while (slots < hashed && !fit(lines, slots)) {
      slots *= 2;
    }
    return slots;
  }

  /**
   * The same, but where room has to be made, the lines that are all zero are left out first: they
   * say no more than lines that are not there.
   *
   * @param least a line whose own int is at least this stays
   */
  void reserveWithoutZeros(int more, int numbers, int least) {
    if (hasRoom(more, numbers)) {
      return;
    }
    int left = 0;
    for (int at = 0; at < lines.length; at += LINE) {
      left += isLeft(lines, at, least) ? 1 : 0;
    }
    int slots = slotsFor(left + more);
    // Where next to nothing could be left out, it would have to be done again soon.
    boolean soon = left < size && left + more > slots >>> 1;
    rehash(soon && slots < hashed ? 2 * slots : slots, numbers, least);
  }

  private static boolean isLeft(int[] lines, int at, int least) {
    return lines[at] != 0 && ((lines[at + U] | lines[at + N]) != 0 || lines[at + EXTRA] >= least);
  }

  /** Where a coordinate's line begins, or -1 when it was never touched. */
  int find(int coordinate) {
    return coordinate >= others ? findOther(coordinate) : findHashed(coordinate);
  }

  /** The same of a hashed coordinate, without a look at what it is. */
  int findHashed(int coordinate) {
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
    return coordinate >= others ? touchOther(coordinate) : touchHashed(coordinate);
  }

  /** The same of a hashed coordinate, without a look at what it is. */
  int touchHashed(int coordinate) {
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

  private int findOther(int coordinate) {
    int at = otherLine(coordinate);
    return lines[at] == 0 ? -1 : at;
  }

  private int touchOther(int coordinate) {
    int at = otherLine(coordinate);
    if (lines[at] == 0) {
      if (otherLines + 1 == otherSlots) {
        throw new IllegalStateException(
            "room must be reserved for numbers, there is some for " + otherSlots);
      }
      lines[at] = coordinate + 1;
      otherLines++;
      size++;
    }
    return at;
  }

  /** Where the line begins of a coordinate that is not hashed, or would. */
  private int otherLine(int coordinate) {
    int slot = coordinate & otherSlots - 1;
    while (true) {
      int at = (hashed + slot) * LINE;
      if (lines[at] == 0 || lines[at] == coordinate + 1) {
        return at;
      }
      slot = slot + 1 & otherSlots - 1;
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

  private void rehash(int slots, int numbers, int least) {
    int[] old = lines;
    boolean complete = slots >= hashed;
    otherSlots = complete ? otherSlotsFor(numbers, least) : 0;
    others = complete ? hashed : Integer.MAX_VALUE;
    int first = complete ? hashed : slots;
    lines = new int[Math.multiplyExact(first + otherSlots, LINE)];
    mask = first - 1;
    size = 0;
    otherLines = 0;
    for (int from = 0; from < old.length; from += LINE) {
      if (isLeft(old, from, least)) {
        System.arraycopy(old, from, lines, touch(old[from] - 1), LINE);
      }
    }
  }

  private int otherSlotsFor(int more, int least) {
    int left = 0;
    for (int at = 0; at < lines.length; at += LINE) {
      left += lines[at] > hashed && isLeft(lines, at, least) ? 1 : 0;
    }
    int slots = SMALLEST;
    while (!fit(left + more, slots)) {
      slots = Math.multiplyExact(slots, 2);
    }
    return slots;
  }
}
