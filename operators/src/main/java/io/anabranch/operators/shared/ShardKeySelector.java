package io.anabranch.operators.shared;

import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.flink.ShardKeys;
import org.apache.flink.api.java.functions.KeySelector;

/** Sends a delta to the subtask that holds its shard. */
final class ShardKeySelector implements KeySelector<DeltaMessage, Integer> {
  private final int[] keys;

  ShardKeySelector(int shards) {
    keys = ShardKeys.of(shards);
  }

  @Override
  public Integer getKey(DeltaMessage delta) {
    return keys[delta.shard()];
  }
}
