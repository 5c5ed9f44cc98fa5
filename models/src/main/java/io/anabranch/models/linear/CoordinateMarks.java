package io.anabranch.models.linear;

import io.anabranch.models.exchange.ExchangeShape;
import java.util.Arrays;

/**
 * A set of coordinates that is filled once, asked often and emptied in the time that filling took:
 * one bit for each coordinate, shard by shard, since those of one message are of one shard. Memory:
 * pages of 512 bytes for 4,096 coordinates, made when one of these is first marked.
 */
final class CoordinateMarks {
  private static final int PAGE_BITS = 12;
  private static final int PAGE_WORDS = (1 << PAGE_BITS) / Long.SIZE;

  // Stands for each page in which nothing was ever marked; never written to.
  private static final long[] EMPTY = new long[PAGE_WORDS];

  private final int shardBits;
  private final int localBits;
  private final long[][] pages;
  private int[] marked = new int[0];
  private int size;
  private boolean filled;

  CoordinateMarks(ExchangeShape shape) {
    shardBits = shape.shardBits();
    localBits = shape.coordinateBits() - shardBits;
    pages = new long[1 << Math.max(0, shape.coordinateBits() - PAGE_BITS)][];
    Arrays.fill(pages, EMPTY);
  }

  /** Marks coordinates, unless some were marked since the last {@link #clear}. */
  void mark(int[] coordinates, int count) {
    if (filled) {
      return;
    }
    filled = true;
    if (marked.length < count) {
      marked = new int[Math.max(count, 2 * marked.length)];
    }
    size = count;
    for (int i = 0; i < count; i++) {
      int place = placeOf(coordinates[i]);
      marked[i] = place;
      long[] page = pages[place >>> PAGE_BITS];
      if (page == EMPTY) {
        page = new long[PAGE_WORDS];
        pages[place >>> PAGE_BITS] = page;
      }
      page[place >>> 6 & PAGE_WORDS - 1] |= 1L << place;
    }
  }

  boolean has(int coordinate) {
    if (size == 0) {
      return false;
    }
    int place = placeOf(coordinate);
    long[] page = pages[place >>> PAGE_BITS];
    return (page[place >>> 6 & PAGE_WORDS - 1] >>> place & 1) != 0;
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      pages[marked[i] >>> PAGE_BITS][marked[i] >>> 6 & PAGE_WORDS - 1] = 0;
    }
    size = 0;
    filled = false;
  }

  /** The coordinates of one shard in a row. */
  private int placeOf(int coordinate) {
    int shard = coordinate & (1 << shardBits) - 1;
    return shard << localBits | coordinate >>> shardBits;
  }
}
