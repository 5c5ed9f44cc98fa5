package io.anabranch.models.linear;

/**
 * A set of coordinates that is filled once, asked often and emptied in the time that filling took:
 * one bit for each coordinate of the space (1 MiB at 23 bits), made when first needed.
 */
final class CoordinateMarks {
  private final int bits;
  private long[] words = new long[0];
  private int[] marked = new int[0];
  private int size;
  private boolean filled;

  CoordinateMarks(int bits) {
    this.bits = bits;
  }

  /** Marks coordinates, unless some were marked since the last {@link #clear}. */
  void mark(int[] coordinates, int count) {
    if (filled) {
      return;
    }
    filled = true;
    if (words.length == 0 && count > 0) {
      words = new long[1 << Math.max(0, bits - 6)];
    }
    if (marked.length < count) {
      marked = new int[Math.max(count, 2 * marked.length)];
    }
    System.arraycopy(coordinates, 0, marked, 0, count);
    size = count;
    for (int i = 0; i < count; i++) {
      words[coordinates[i] >>> 6] |= 1L << coordinates[i];
    }
  }

  boolean has(int coordinate) {
    return size > 0 && (words[coordinate >>> 6] >>> coordinate & 1) != 0;
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      words[marked[i] >>> 6] = 0;
    }
    size = 0;
    filled = false;
  }
}
