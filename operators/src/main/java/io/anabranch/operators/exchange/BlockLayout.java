package io.anabranch.operators.exchange;

import io.anabranch.models.format.BlockState;

/**
 * How the floats of a block of {@link BlockState#COORDINATES} positions lie in an array: whole,
 * {@code width} floats for each position; or, while few positions hold something, as a table with
 * open addressing and linear probing:
 *
 * <pre>
 * count of lines, capacity − 1, capacity · {offset of the position + 1; its floats}
 * </pre>
 *
 * <p>An empty line is all zeros, and so are the floats of a position that was never touched: to
 * look up one that the table does not have gives the empty line where the search ended. Offsets are
 * not scattered further, since most coordinates are hashed; floats hold them exactly.
 *
 * <p>Memory: {@code width + 1} floats for each line, of which three in eight to three in four hold
 * something, until these are more than {@value #MOST_LINES}; there are at least {@value
 * #LEAST_CAPACITY} lines.
 */
final class BlockLayout {
  private static final int COUNT = 0;
  private static final int MASK = 1;
  private static final int HEADER = 2;
  private static final int LEAST_CAPACITY = 4;
  private static final int GREATEST_CAPACITY = BlockState.COORDINATES / 4;

  /** The most positions that a table holds. */
  static final int MOST_LINES = GREATEST_CAPACITY * 3 / 4;

  private final int width;
  private final int line;
  private final int wholeLength;
  private final float[] untouched;

  BlockLayout(int width) {
    this.width = width;
    line = width + 1;
    wholeLength = BlockState.COORDINATES * width;
    untouched = width == 0 ? new float[0] : table(1);
  }

  /** Stands for each block in which no position was ever touched; has no room for any. */
  float[] untouched() {
    return untouched;
  }

  boolean isWhole(float[] block) {
    return block.length == wholeLength;
  }

  /** Where the floats of a position begin: zeros in a table that does not have it. */
  int at(float[] block, int offset) {
    return isWhole(block) ? offset * width : lineOf(block, offset) + 1;
  }

  /** Whether a block has the position whose floats begin there. */
  boolean has(float[] block, int at) {
    return isWhole(block) || block[at - 1] != 0;
  }

  /** Where the line of a position begins, or the empty one where it would be. */
  private int lineOf(float[] table, int offset) {
    int mask = (int) table[MASK];
    int next = offset & mask;
    int at = HEADER + next * line;
    while (table[at] != offset + 1 && table[at] != 0) {
      next = next + 1 & mask;
      at = HEADER + next * line;
    }
    return at;
  }

  /**
   * A table with a line for a position: the same, in which nothing has moved, or a larger block in
   * its place.
   */
  float[] with(float[] table, int offset) {
    int at = lineOf(table, offset);
    if (table[at] != 0) {
      return table;
    }
    int capacity = (int) table[MASK] + 1;
    if (table[COUNT] + 1 > mostLines(capacity)) {
      return grown(table, Math.max(LEAST_CAPACITY, 2 * capacity), offset);
    }
    addLine(table, at, offset);
    return table;
  }

  private float[] grown(float[] table, int capacity, int offset) {
    if (capacity > GREATEST_CAPACITY) {
      return whole(table);
    }
    float[] larger = table(capacity);
    for (int from = HEADER; from < table.length; from += line) {
      if (table[from] != 0) { // also where its floats are zeros: they are about to be written
        int to = lineOf(larger, (int) table[from] - 1);
        System.arraycopy(table, from, larger, to, line);
      }
    }
    larger[COUNT] = table[COUNT];
    addLine(larger, lineOf(larger, offset), offset);
    return larger;
  }

  private static void addLine(float[] table, int at, int offset) {
    table[at] = offset + 1;
    table[COUNT]++;
  }

  private static int mostLines(int capacity) {
    return capacity * 3 / 4;
  }

  private float[] table(int capacity) {
    float[] table = new float[HEADER + capacity * line];
    table[MASK] = capacity - 1;
    return table;
  }

  /** The floats of all positions: live where the block is whole. */
  float[] whole(float[] block) {
    if (isWhole(block)) {
      return block;
    }
    float[] whole = new float[wholeLength];
    for (int from = HEADER; from < block.length; from += line) {
      if (block[from] != 0) {
        System.arraycopy(block, from + 1, whole, ((int) block[from] - 1) * width, width);
      }
    }
    return whole;
  }

  /** A block, in the form that suits what it holds, of the floats of all positions. */
  float[] of(float[] whole) {
    int held = held(whole);
    int capacity = capacityFor(held);
    if (held == 0) {
      return untouched;
    }
    return capacity > GREATEST_CAPACITY ? whole.clone() : tableOf(whole, capacity);
  }

  /** The same block, or one of half its size or less when some of what it held is forgotten. */
  float[] compact(float[] block) {
    int held = held(block);
    if (held == 0) {
      return untouched;
    }
    int capacity = capacityFor(held);
    if (isWhole(block)) { // not before there is room to spare, lest it be whole again soon
      return 2 * capacity > GREATEST_CAPACITY ? block : tableOf(block, capacity);
    }
    boolean fits = 2 * capacity > (int) block[MASK] + 1;
    return fits && held == (int) block[COUNT] ? block : tableOf(whole(block), capacity);
  }

  private static int capacityFor(int lines) {
    int capacity = LEAST_CAPACITY;
    while (mostLines(capacity) < lines) {
      capacity *= 2;
    }
    return capacity;
  }

  private float[] tableOf(float[] whole, int capacity) {
    float[] table = table(capacity);
    for (int offset = 0; offset < BlockState.COORDINATES; offset++) {
      if (holds(whole, offset * width)) {
        int at = lineOf(table, offset);
        addLine(table, at, offset);
        System.arraycopy(whole, offset * width, table, at + 1, width);
      }
    }
    return table;
  }

  /** How many positions hold something. */
  private int held(float[] block) {
    int held = 0;
    for (int at = first(block); at < block.length; at += step(block)) {
      held += holds(block, at) ? 1 : 0;
    }
    return held;
  }

  private boolean holds(float[] block, int at) {
    int bits = 0;
    for (int i = at; i < at + width; i++) {
      bits |= Float.floatToRawIntBits(block[i]);
    }
    return bits != 0;
  }

  /** The sum of squares of the first float of each position. */
  double squaredNorm(float[] block) {
    double sum = 0;
    for (int at = first(block); at < block.length; at += step(block)) {
      sum += (double) block[at] * block[at];
    }
    return sum;
  }

  private int first(float[] block) {
    return isWhole(block) ? 0 : HEADER + 1;
  }

  private int step(float[] block) {
    return isWhole(block) ? width : line;
  }
}
