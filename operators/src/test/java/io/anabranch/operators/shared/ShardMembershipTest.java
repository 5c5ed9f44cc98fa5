package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.format.BlockState;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.flink.ShardKeys;
import io.anabranch.operators.record.ModelRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Coordinates that join and leave the model, in shards over RocksDB. */
class ShardMembershipTest {
  private static final SharedSpec ADMITTING =
      ShardHarness.spec(new CoordinateLimits(3, CoordinateLimits.NEVER));
  private static final SharedSpec EXPIRING = ShardHarness.spec(new CoordinateLimits(2, 800));
  private static final int[] KEYS = ShardKeys.of(ShardHarness.SHARDS);

  @Test
  void aCoordinateIsPublishedOnceItHasOccurredOftenEnough() throws Exception {
    try (ShardHarness shards = new ShardHarness(0, 1, ADMITTING).open()) {
      shards.occur(64);
      shards.occur(64);
      shards.time(20);
      assertThat(shards.members()).isEmpty();
      shards.occur(64);
      shards.time(40);
      assertThat(shards.members()).containsExactly(Map.entry(64, 0f));
    }
  }

  @Test
  void countsAndMembersOutliveARestoreAtAnotherParallelism() throws Exception {
    OperatorSubtaskState both;
    try (ShardHarness one = new ShardHarness(0, 2, ADMITTING).open();
        ShardHarness other = new ShardHarness(1, 2, ADMITTING).open()) {
      for (int coordinate = 0; coordinate < 2_000; coordinate++) {
        for (int times = 0; times < coordinate % 5; times++) {
          (holder(coordinate, 2) == 0 ? one : other).occur(coordinate);
        }
      }
      both =
          AbstractStreamOperatorTestHarness.repackageState(
              one.checkpoint(1, 1_000), other.checkpoint(1, 1_000));
    }
    Map<Integer, Float> restored = new TreeMap<>();
    Map<Integer, Float> later = new TreeMap<>();
    for (int subtask = 0; subtask < 3; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(both, 128, 2, 3, subtask);
      try (ShardHarness shards = new ShardHarness(subtask, 3, ADMITTING).restore(part)) {
        restored.putAll(shards.members());
        for (int coordinate = 0; coordinate < 2_000; coordinate++) {
          if (holder(coordinate, 3) == subtask) {
            shards.occur(coordinate);
          }
        }
        shards.time(20);
        later.putAll(shards.members());
      }
    }
    assertThat(restored).hasSize(800).allSatisfy((c, count) -> assertThat(c % 5).isBetween(3, 4));
    assertThat(later).hasSize(1_200).allSatisfy((c, count) -> assertThat(c % 5).isBetween(2, 4));
  }

  @Test
  void whatWasLearnedBeforeAdmissionWasAskedForStaysInTheModel() throws Exception {
    OperatorSubtaskState state;
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      shards.see(64);
      state = shards.checkpoint(1, 1_000);
    }
    OperatorSubtaskState admitting;
    try (ShardHarness shards = new ShardHarness(0, 1, EXPIRING).restore(state)) {
      assertThat(shards.members()).containsExactly(Map.entry(64, 1f));
      shards.occur(65);
      admitting = shards.checkpoint(2, 2_000);
      shards.time(2_000);
      assertThat(shards.members()).isEmpty();
    }
    OperatorSubtaskState open;
    try (ShardHarness shards = new ShardHarness(0, 1).restore(admitting)) {
      shards.time(20_000);
      assertThat(shards.members()).as("not asked for any more").containsOnlyKeys(64);
      open = shards.checkpoint(3, 3_000);
    }
    try (ShardHarness shards = new ShardHarness(0, 1, EXPIRING).restore(open)) {
      shards.occur(65);
      shards.time(20);
      assertThat(shards.members()).as("counts begin anew").containsOnlyKeys(64);
    }
  }

  @Test
  void whatDidNotOccurForItsTimeLeavesTrainersStateAndTheModelsTopic() throws Exception {
    OperatorSubtaskState state;
    try (ShardHarness shards = new ShardHarness(0, 1, EXPIRING).open()) {
      shards.see(64);
      shards.see(65);
      shards.checkpoint(1, 1_000);
      for (long now = 100; now <= 1_000; now += 100) {
        shards.time(now);
        shards.see(65);
      }
      shards.time(1_020);
      assertThat(shards.members()).containsExactly(Map.entry(65, 11f));
      state = shards.checkpoint(2, 2_000);
      List<ModelRecord.Block> blocks = shards.blocks();
      assertThat(blocks).extracting(ModelRecord.Block::block).endsWith("0-0", "1-0");
      BlockState forgotten = BlockState.decode(blocks.get(blocks.size() - 2).payload(), Tally.TYPE);
      assertThat(forgotten.values()).containsOnly(0);
    }
    try (ShardHarness shards = new ShardHarness(0, 1, EXPIRING).restore(state)) {
      assertThat(shards.members()).containsExactly(Map.entry(65, 11f));
      shards.time(500);
      assertThat(shards.members()).containsOnlyKeys(65);
      shards.time(1_000);
      assertThat(shards.members()).isEmpty();
    }
  }

  private static int holder(int coordinate, int subtasks) {
    return ShardKeys.subtaskOf(KEYS[coordinate % ShardHarness.SHARDS], subtasks);
  }
}
