package io.anabranch.bench.large;

import io.anabranch.models.data.Example;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Rows that have each coordinate of the space in turn, {@link #FEATURES} in a row; subtasks divide
 * them among each other.
 */
final class SlotRows extends RichMapFunction<Long, Example> {
  static final int FEATURES = 32;

  private static final long serialVersionUID = 1;
  private static final int MIX = 0x9E3779B1; // odd: a permutation of the space

  private final int bits;

  private transient Example example;
  private transient int row;
  private transient int step;

  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  SlotRows(int bits) {
    this.bits = bits;
  }

  @Override
  public void open(OpenContext context) {
    example = new Example();
    row = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    step = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
  }

  @Override
  public Example map(Long number) {
    example.clear();
    example.identify("r", "", number);
    for (int i = 0; i < FEATURES; i++) {
      int slot = (row * FEATURES + i) * MIX & (1 << bits) - 1;
      example.features().addSparse(slot, 1);
    }
    int label = Integer.bitCount(row * MIX) & 1;
    example.label(Integer.toString(label), label);
    row += step;
    return example;
  }
}
