package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.format.BlockState;
import java.util.Arrays;

/** The truth of {@value #SIZE} neighbouring positions of a shard, and what of it changed. */
final class ShardBlock {
  static final int SIZE = 1 << ExchangeShape.BLOCK_BITS;
  private static final int WORDS = SIZE / Long.SIZE;

  private final int statisticsWidth;
  final float[] values;
  private final long[] touched = new long[WORDS];

  // Few positions have statistics: those that have one are given a slot, in order of arrival.
  private short[] slots = new short[0];
  private double[] statistics = new double[0];
  private int statisticsCount;
  private final long[] touchedStatistics = new long[WORDS];

  /** Changed since it was last written to state. */
  boolean dirty;

  /** Changed since it was last published. */
  boolean unpublished;

  ShardBlock(ExchangeShape shape) {
    statisticsWidth = shape.statisticsWidth();
    values = new float[SIZE * shape.truthWidth()];
  }

  void touch(int position) {
    touched[position >> 6] |= 1L << position;
  }

  void touchStatistics(int position) {
    touchedStatistics[position >> 6] |= 1L << position;
  }

  /** Where the doubles of a position begin in {@link #statistics()}; zeros when new. */
  int statisticsAt(int position) {
    if (slots.length == 0) {
      slots = new short[SIZE];
      Arrays.fill(slots, (short) -1);
    }
    if (slots[position] < 0) {
      slots[position] = (short) statisticsCount++;
      if (statisticsCount * statisticsWidth > statistics.length) {
        statistics = Arrays.copyOf(statistics, Math.max(4, statisticsCount * 2) * statisticsWidth);
      }
    }
    return slots[position] * statisticsWidth;
  }

  double[] statistics() {
    return statistics;
  }

  /** Marks all that is not zero, or has statistics, as touched. */
  private void touchAll() {
    int width = values.length / SIZE;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        touch(i / width);
      }
    }
    for (int position = 0; position < slots.length; position++) {
      if (slots[position] >= 0) {
        touchStatistics(position);
      }
    }
  }

  int touchedCount() {
    return count(touched);
  }

  int touchedStatisticsCount() {
    return count(touchedStatistics);
  }

  private static int count(long[] words) {
    int count = 0;
    for (long word : words) {
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
    int width = into.width();
    for (int word = 0; word < WORDS; word++) {
      for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
        int position = (word << 6) + Long.numberOfTrailingZeros(bits);
        int to = into.add(first + position * step);
        System.arraycopy(values, position * width, into.values(), to, width);
      }
      touched[word] = 0;
    }
    for (int word = 0; word < WORDS; word++) {
      for (long bits = touchedStatistics[word]; bits != 0; bits &= bits - 1) {
        int position = (word << 6) + Long.numberOfTrailingZeros(bits);
        int to = into.addStatistics(first + position * step);
        System.arraycopy(
            statistics, statisticsAt(position), into.statistics(), to, statisticsWidth);
      }
      touchedStatistics[word] = 0;
    }
    unpublished = false;
  }

  /** The block in its versioned format. */
  BlockState state(int shard, int block, long version) {
    int[] offsets = new int[statisticsCount];
    double[] held = new double[statisticsCount * statisticsWidth];
    int n = 0;
    for (int position = 0; position < slots.length; position++) {
      if (slots[position] >= 0) {
        offsets[n] = position;
        System.arraycopy(
            statistics,
            slots[position] * statisticsWidth,
            held,
            n * statisticsWidth,
            statisticsWidth);
        n++;
      }
    }
    return new BlockState(
        shard, block, version, values.length / SIZE, values, statisticsWidth, offsets, held);
  }

  /** Takes over what {@link #state} gave, all of it touched. */
  static ShardBlock of(BlockState state, ExchangeShape shape) {
    if (state.truthWidth() != shape.truthWidth()
        || state.statisticsWidth() != shape.statisticsWidth()) {
      throw new IllegalArgumentException(
          "block %s must have %d floats and %d doubles per coordinate, got %d and %d"
              .formatted(
                  state.name(),
                  shape.truthWidth(),
                  shape.statisticsWidth(),
                  state.truthWidth(),
                  state.statisticsWidth()));
    }
    ShardBlock block = new ShardBlock(shape);
    System.arraycopy(state.values(), 0, block.values, 0, block.values.length);
    for (int i = 0; i < state.statisticsOffsets().length; i++) {
      int at = block.statisticsAt(state.statisticsOffsets()[i]);
      System.arraycopy(
          state.statistics(),
          i * shape.statisticsWidth(),
          block.statistics,
          at,
          shape.statisticsWidth());
    }
    block.touchAll();
    return block;
  }
}
