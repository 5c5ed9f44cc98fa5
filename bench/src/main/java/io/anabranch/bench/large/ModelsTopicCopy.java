package io.anabranch.bench.large;

import io.anabranch.models.format.BlockState;
import io.anabranch.operators.record.ModelRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.functions.MapFunction;

/** What the models topic would be told, and what of it compaction would leave. */
final class ModelsTopicCopy implements MapFunction<ModelRecord.Block, Long> {
  private static final long serialVersionUID = 1;
  private static final Map<String, Integer> COORDINATES = new ConcurrentHashMap<>();
  private static final LongAdder BYTES = new LongAdder();

  @Override
  public Long map(ModelRecord.Block block) {
    BYTES.add(block.payload().length);
    COORDINATES.put(block.block(), coordinates(BlockState.decode(block.payload(), LargeJob.TYPE)));
    return block.version();
  }

  private static int coordinates(BlockState block) {
    int count = 0;
    for (int at = 0; at < block.values().length; at += block.truthWidth()) {
      count += block.values()[at] != 0 || block.values()[at + 1] != 0 ? 1 : 0;
    }
    return count;
  }

  /** The coordinates that have weights, as of the newest checkpoint. */
  static long modelCoordinates() {
    return COORDINATES.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** All bytes up to now. */
  static long bytes() {
    return BYTES.sum();
  }
}
