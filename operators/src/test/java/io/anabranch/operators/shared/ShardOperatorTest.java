package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.format.BlockState;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.ShardKeys;
import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.ModelRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ShardOperatorTest {
  private static final int SEEN = 5_000;

  @Test
  void anEmptyModelIsCompleteAtOnce() throws Exception {
    try (ShardHarness shards = new ShardHarness(1, 3).open()) {
      assertThat(shards.weights())
          .containsExactly(new WeightsMessage.AllSent(shards.epoch(), 1, 3));
    }
  }

  @Test
  void whatChangedIsPublishedOnTheTimerWithItsAcknowledgement() throws Exception {
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      shards.see(64);
      shards.see(64);
      shards.forgetOutput();
      shards.time(19);
      assertThat(shards.weights()).isEmpty();
      shards.time(20);
      assertThat(shards.published()).containsExactly(Map.entry(64, "2.0/1.0"));
      WeightsMessage.Truth truth = (WeightsMessage.Truth) shards.weights().get(0);
      assertThat(truth.acknowledged(0)).isEqualTo(2);
      assertThat(truth.examples()).isEqualTo(2);
      shards.time(40);
      assertThat(shards.weights()).hasSize(1);
    }
  }

  @Test
  void afterALargePublicationTheNextOneWaits() throws Exception {
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      for (int coordinate = 0; coordinate < 60_000; coordinate++) {
        shards.see(coordinate);
      }
      shards.forgetOutput();
      shards.time(20);
      assertThat(shards.published()).hasSize(60_000);
      shards.forgetOutput();
      shards.see(64);
      shards.time(49);
      assertThat(shards.weights()).isEmpty();
      shards.time(50);
      assertThat(shards.published()).containsExactly(Map.entry(64, "2.0/1.0"));
      shards.forgetOutput();
      shards.see(64);
      shards.time(70);
      assertThat(shards.published()).containsExactly(Map.entry(64, "3.0/1.5"));
    }
  }

  @Test
  void anAwaitedDeltaIsAcknowledgedAtOnce() throws Exception {
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      shards.see(shards.epoch(), 65, true);
      assertThat(shards.published()).containsExactly(Map.entry(65, "1.0/0.5"));
    }
  }

  @Test
  void aRestoredShardPublishesAllThatItHeldBeforeItSaysSo() throws Exception {
    OperatorSubtaskState state;
    Map<Integer, String> before;
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      seeAll(shards, 0, SEEN);
      state = shards.checkpoint(1, 1_000);
      shards.time(20);
      before = shards.published();
    }
    try (ShardHarness shards = new ShardHarness(0, 1).restore(state)) {
      assertThat(shards.published()).hasSize(4_000).isEqualTo(before);
      List<WeightsMessage> weights = shards.weights();
      assertThat(weights.get(weights.size() - 1)).isInstanceOf(WeightsMessage.AllSent.class);
      assertThat(weights)
          .filteredOn(WeightsMessage.Truth.class::isInstance)
          .extracting(message -> ((WeightsMessage.Truth) message).version())
          .containsOnly(1_000L);
    }
  }

  @Test
  void aRunThatIsRestoredMidwayEqualsAnUninterruptedOne() throws Exception {
    Map<Integer, String> uninterrupted;
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      seeAll(shards, 0, SEEN);
      shards.time(20);
      uninterrupted = shards.published();
    }
    OperatorSubtaskState state;
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      seeAll(shards, 0, SEEN / 3);
      shards.checkpoint(1, 1_000);
      seeAll(shards, SEEN / 3, SEEN / 2);
      state = shards.checkpoint(2, 2_000);
      seeAll(shards, SEEN / 2, SEEN); // lost
    }
    try (ShardHarness shards = new ShardHarness(0, 1).restore(state)) {
      seeAll(shards, SEEN / 2, SEEN);
      shards.time(20);
      assertThat(shards.published()).isEqualTo(uninterrupted);
    }
  }

  @Test
  void stateOfAnotherSpaceOfCoordinatesIsRefused() throws Exception {
    OperatorSubtaskState state;
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      shards.see(64);
      state = shards.checkpoint(1, 1_000);
    }
    try (ShardHarness wider = new ShardHarness(0, 1, ShardHarness.spec(24))) {
      assertThatThrownBy(() -> wider.restore(state))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "learner 'tally': features must be hashed into 2^12 coordinates as in its state, got"
                  + " 2^24: its weights would be those of other features; give the learner an id"
                  + " of its own");
    }
  }

  @Test
  void twoSubtasksRestoredAsThreeEqualAnUninterruptedRun() throws Exception {
    Map<Integer, String> uninterrupted;
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      seeAll(shards, 0, SEEN);
      shards.time(20);
      uninterrupted = shards.published();
    }
    OperatorSubtaskState both;
    try (ShardHarness one = new ShardHarness(0, 2).open();
        ShardHarness other = new ShardHarness(1, 2).open()) {
      seeAll(one, other, 0, SEEN / 2);
      both =
          AbstractStreamOperatorTestHarness.repackageState(
              one.checkpoint(1, 1_000), other.checkpoint(1, 1_000));
    }
    Map<Integer, String> rescaled = new TreeMap<>();
    for (int subtask = 0; subtask < 3; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(both, 128, 2, 3, subtask);
      try (ShardHarness shards = new ShardHarness(subtask, 3).restore(part)) {
        for (int number = SEEN / 2; number < SEEN; number++) {
          if (Shards.holder(coordinate(number), 3) == subtask) {
            shards.see(coordinate(number));
          }
        }
        shards.time(20);
        rescaled.putAll(shards.published());
      }
    }
    assertThat(rescaled).isEqualTo(uninterrupted);
  }

  @Test
  void aCheckpointWritesTheBlocksThatChangedToTheModelsTopic() throws Exception {
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      shards.see(64);
      shards.see(3);
      shards.checkpoint(1, 1_000);
      assertThat(shards.blocks())
          .extracting(ModelRecord.Block::block)
          .containsExactly("0-0", "3-0");
      BlockState state = BlockState.decode(shards.blocks().get(0).payload(), Tally.TYPE);
      assertThat(state.values()[1]).isEqualTo(1); // 64 is the second coordinate of shard 0
      assertThat(state.statistics()).containsExactly(1, 0.5);

      shards.see(3);
      shards.checkpoint(2, 2_000);
      assertThat(shards.blocks()).hasSize(3);
      ModelRecord.Block last = shards.blocks().get(2);
      assertThat(last.block()).isEqualTo("3-0");
      assertThat(last.version()).isEqualTo(1_001); // the least that the second version can be
    }
  }

  @Test
  void aCompletedCheckpointGivesItsPartOfTheManifest() throws Exception {
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      shards.see(64);
      shards.checkpoint(1, 1_000); // never completes
      shards.see(3);
      shards.checkpoint(2, 900);
      shards.completed(2);
      byte[] payload = shards.blocks().get(1).payload();
      int checksum = ByteBuffer.wrap(payload).getInt(payload.length - Integer.BYTES);
      assertThat(shards.parts()).hasSize(1);
      ManifestPart part = shards.parts().get(0);
      assertThat(part.learner()).isEqualTo("tally");
      assertThat(part.checkpoint()).isEqualTo(2);
      assertThat(part.version()).as("versions grow even if the clock does not").isEqualTo(1_001);
      assertThat(part.examples()).isEqualTo(1);
      assertThat(part.blocks()).containsOnlyKeys("0-0", "3-0");
      assertThat(part.blocks()).containsEntry("3-0", checksum);
    }
  }

  @Test
  void trainersAreToldTheVersionWhenItsCheckpointCompleted() throws Exception {
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      shards.see(64);
      shards.checkpoint(1, 1_000);
      shards.time(20);
      assertThat(versions(shards)).containsOnly(0L);
      shards.forgetOutput();
      shards.completed(1);
      shards.time(40);
      assertThat(versions(shards)).hasSize(ShardHarness.SHARDS).containsOnly(1_000L);
    }
  }

  @Test
  void aDeltaOfAnOlderEpochIsMergedButNotAcknowledged() throws Exception {
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      shards.see(shards.epoch() - 1, 64, false);
      shards.time(20);
      assertThat(shards.published()).containsExactly(Map.entry(64, "1.0/0.5"));
      assertThat(((WeightsMessage.Truth) shards.weights().get(1)).acknowledged(0)).isZero();
    }
  }

  @Test
  void theEndOfInputPublishesAndWritesWhatIsLeft() throws Exception {
    try (ShardHarness shards = new ShardHarness(0, 1).open()) {
      shards.see(64);
      shards.endInput();
      assertThat(shards.published()).containsOnlyKeys(64);
      assertThat(shards.blocks()).hasSize(1);
    }
  }

  private static List<Long> versions(ShardHarness shards) {
    return shards.weights().stream()
        .filter(WeightsMessage.Truth.class::isInstance)
        .map(message -> ((WeightsMessage.Truth) message).version())
        .toList();
  }

  private static int coordinate(int number) {
    return number * 7 % 4_000;
  }

  private static void seeAll(ShardHarness shards, int from, int to) throws Exception {
    for (int number = from; number < to; number++) {
      shards.see(coordinate(number));
    }
  }

  private static void seeAll(ShardHarness one, ShardHarness other, int from, int to)
      throws Exception {
    for (int number = from; number < to; number++) {
      ShardHarness holder = Shards.holder(coordinate(number), 2) == 0 ? one : other;
      holder.see(coordinate(number));
    }
  }

  /** Who holds a coordinate. */
  private static final class Shards {
    private static final int[] KEYS = ShardKeys.of(64);

    static int holder(int coordinate, int subtasks) {
      return ShardKeys.subtaskOf(KEYS[coordinate % 64], subtasks);
    }
  }
}
