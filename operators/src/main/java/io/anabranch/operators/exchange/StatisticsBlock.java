package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.format.BlockState;
import java.util.Arrays;

/**
 * The statistics plane of one block of truth: few positions have statistics, and those are given a
 * slot in order of arrival.
 */
final class StatisticsBlock {
  private static final int WORDS = BlockState.COORDINATES / Long.SIZE;

  private final int width;
  private final short[] slots = new short[BlockState.COORDINATES];
  private final long[] touched = new long[WORDS];
  private double[] values = new double[0];
  private int size;

  StatisticsBlock(int width) {
    this.width = width;
    Arrays.fill(slots, (short) -1);
  }

  /** Takes over what {@link #offsets} and {@link #values} gave, all of it touched. */
  static StatisticsBlock of(int width, int[] offsets, double[] statistics) {
    StatisticsBlock block = new StatisticsBlock(width);
    for (int i = 0; i < offsets.length; i++) {
      int at = block.touch(offsets[i]);
      System.arraycopy(statistics, i * width, block.values, at, width);
    }
    return block;
  }

  /** Where the doubles of a position begin in {@link #live}; zeros when new. It is touched. */
  int touch(int position) {
    touched[position >> 6] |= 1L << position;
    if (slots[position] < 0) {
      slots[position] = (short) size++;
      if (size * width > values.length) {
        values = Arrays.copyOf(values, Math.max(4, size * 2) * width);
      }
    }
    return slots[position] * width;
  }

  /** The live doubles, by slot. */
  double[] live() {
    return values;
  }

  int touchedCount() {
    int count = 0;
    for (long word : touched) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /**
   * Appends what was touched, in ascending order, and forgets that it was.
   *
   * @param first the coordinate of this block's first position
   * @param step what coordinates of neighbouring positions differ by
   */
  void takeTouched(int first, int step, CoordinateBatch into) {
    for (int word = 0; word < WORDS; word++) {
      for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
        int position = (word << 6) + Long.numberOfTrailingZeros(bits);
        int to = into.addStatistics(first + position * step);
        System.arraycopy(values, slots[position] * width, into.statistics(), to, width);
      }
      touched[word] = 0;
    }
  }

  /** The positions that have statistics, ascending. */
  int[] offsets() {
    int[] offsets = new int[size];
    int n = 0;
    for (int position = 0; position < slots.length; position++) {
      if (slots[position] >= 0) {
        offsets[n++] = position;
      }
    }
    return offsets;
  }

  /** The doubles of {@link #offsets}, in their order. */
  double[] values(int[] offsets) {
    double[] ordered = new double[offsets.length * width];
    for (int i = 0; i < offsets.length; i++) {
      System.arraycopy(values, slots[offsets[i]] * width, ordered, i * width, width);
    }
    return ordered;
  }
}
