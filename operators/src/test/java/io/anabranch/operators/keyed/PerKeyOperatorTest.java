package io.anabranch.operators.keyed;

import static io.anabranch.operators.keyed.PerKeyHarness.KEY_GROUPS;
import static io.anabranch.operators.keyed.PerKeyHarness.labelled;
import static io.anabranch.operators.keyed.PerKeyHarness.unlabelled;
import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.record.ManifestPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerKeyOperatorTest {

  @Test
  void itPredictsBeforeItLearnsAndEachKeyCountsItsOwnUpdates() throws Exception {
    try (PerKeyHarness harness = new PerKeyHarness(10).open()) {
      harness.process(labelled("a", 1, true)).process(labelled("b", 2, false));
      harness.process(labelled("a", 3, true));
      assertThat(harness.predictions())
          .containsExactly("id-1 a v0 0.5", "id-2 b v0 0.5", "id-3 a v1 0.54");
    }
  }

  @Test
  void anUnlabelledRecordIsPredictedAndNotLearned() throws Exception {
    try (PerKeyHarness harness = new PerKeyHarness(10).open()) {
      harness.process(unlabelled("a", 1)).process(unlabelled("a", 2));
      harness.beforeBarrier();
      assertThat(harness.predictions()).containsExactly("id-1 a v0 0.5", "id-2 a v0 0.5");
      assertThat(harness.blocks()).isEmpty();
      assertThat(harness.metrics())
          .singleElement() // of which keys there were
          .matches(chunk -> chunk.learned() == 0 && chunk.sketch().isEmpty());
    }
  }

  @Test
  void aHeldOutExampleIsPredictedAndScoredAndNotLearned() throws Exception {
    Holdout holdout = new Holdout(0.5, 1);
    int learned = 0;
    int heldOut = 0;
    try (PerKeyHarness harness = new PerKeyHarness(holdout).open()) {
      List<String> versions = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Example example = labelled("a", i, true);
        versions.add("v" + learned);
        if (holdout.contains(example.id())) {
          heldOut++;
        } else {
          learned++;
        }
        harness.process(example);
      }
      harness.beforeBarrier();
      assertThat(harness.predictions())
          .extracting(text -> text.split(" ")[2])
          .containsExactlyElementsOf(versions);
      assertThat(heldOut).isBetween(10, 30);
      assertThat(harness.metrics()).hasSize(1);
      assertThat(harness.metrics().get(0).learned()).isEqualTo(learned);
      assertThat(harness.metrics().get(0).sketch().scored()).isEqualTo(40);
      assertThat(harness.metrics().get(0).holdout().scored()).isEqualTo(heldOut);
    }
  }

  @Test
  void changedModelsLeaveBeforeTheBarrierAndUnchangedOnesDoNot() throws Exception {
    try (PerKeyHarness harness = new PerKeyHarness(10).open()) {
      harness.process(labelled("a", 1, true)).process(unlabelled("b", 2));
      harness.beforeBarrier();
      assertThat(harness.blocks()).hasSize(1);
      assertThat(harness.blocks().get(0)).startsWith("key:a v1 ");
      harness.process(unlabelled("a", 3));
      harness.beforeBarrier();
      assertThat(harness.blocks()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void howManyModelsFitOnTheHeapChangesNoPrediction(int heapModels) throws Exception {
    List<Example> examples = examples(500);
    try (PerKeyHarness small = new PerKeyHarness(heapModels).open();
        PerKeyHarness large = new PerKeyHarness(1_000).open()) {
      for (Example example : examples) {
        small.process(example);
        large.process(example);
      }
      small.beforeBarrier();
      large.beforeBarrier();
      assertThat(small.predictions()).isEqualTo(large.predictions());
      assertThat(small.blocks()).containsAll(large.blocks());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1_000})
  void aRunRestoredMidwayEqualsAnUninterruptedOne(int heapModels) throws Exception {
    List<Example> examples = examples(400);
    List<String> uninterrupted;
    List<String> models;
    try (PerKeyHarness harness = new PerKeyHarness(1_000).open()) {
      processAll(harness, examples);
      harness.beforeBarrier();
      uninterrupted = harness.predictions();
      models = harness.blocks();
    }
    OperatorSubtaskState midway;
    List<String> predictions;
    try (PerKeyHarness first = new PerKeyHarness(heapModels).open()) {
      processAll(first, examples.subList(0, 150));
      midway = first.checkpoint(1, 1_000);
      predictions = new ArrayList<>(first.predictions());
      processAll(first, examples.subList(150, 200)); // lost with the failure
    }
    try (PerKeyHarness second = new PerKeyHarness(heapModels).restore(midway)) {
      processAll(second, examples.subList(150, 400));
      second.beforeBarrier();
      predictions.addAll(second.predictions());
      assertThat(predictions).isEqualTo(uninterrupted);
      assertThat(second.blocks()).containsAll(models.stream().filter(updatedSince(150)).toList());
    }
  }

  @Test
  void aRunRestoredAtAnotherParallelismEqualsAnUninterruptedOne() throws Exception {
    List<Example> examples = examples(300);
    List<String> uninterrupted;
    try (PerKeyHarness harness = new PerKeyHarness(1_000).open()) {
      processAll(harness, examples);
      uninterrupted = harness.predictions();
    }
    List<String> predictions = new ArrayList<>();
    OperatorSubtaskState one;
    try (PerKeyHarness harness = new PerKeyHarness(3).open()) {
      processAll(harness, examples.subList(0, 100));
      one = harness.checkpoint(1, 1_000);
      predictions.addAll(harness.predictions());
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      OperatorSubtaskState share =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              one, KEY_GROUPS, 1, 2, subtask);
      try (PerKeyHarness harness = new PerKeyHarness(3, subtask, 2).restore(share)) {
        for (Example example : examples.subList(100, 200)) {
          if (KeyGroupRangeAssignment.assignKeyToParallelOperator(example.key(), KEY_GROUPS, 2)
              == subtask) {
            harness.process(example);
          }
        }
        two[subtask] = harness.checkpoint(2, 2_000);
        predictions.addAll(harness.predictions());
      }
    }
    OperatorSubtaskState merged = AbstractStreamOperatorTestHarness.repackageState(two);
    OperatorSubtaskState again =
        AbstractStreamOperatorTestHarness.repartitionOperatorState(merged, KEY_GROUPS, 2, 1, 0);
    try (PerKeyHarness harness = new PerKeyHarness(3).restore(again)) {
      processAll(harness, examples.subList(200, 300));
      predictions.addAll(harness.predictions());
      harness.checkpoint(3, 1_500);
      harness.completed(3);
      assertThat(harness.parts())
          .containsExactly(new ManifestPart("average", 3, 2_001, 0, 1, 300, Map.of()));
    }
    assertThat(predictions).containsExactlyInAnyOrderElementsOf(uninterrupted);
  }

  @Test
  void aCheckpointThatNeverCompletesHasNoManifestPart() throws Exception {
    try (PerKeyHarness harness = new PerKeyHarness(10).open()) {
      harness.process(labelled("a", 1, true));
      harness.checkpoint(1, 1_000);
      harness.process(labelled("a", 2, true));
      harness.checkpoint(2, 2_000);
      harness.completed(2);
      harness.completed(1); // too late: a newer one is out
      assertThat(harness.parts())
          .containsExactly(new ManifestPart("average", 2, 2_000, 0, 1, 2, Map.of()));
    }
  }

  @Test
  void scoresLeaveAfterAFifthOfASecondAndBeforeEachBarrier() throws Exception {
    try (PerKeyHarness harness = new PerKeyHarness(10).open()) {
      harness.process(labelled("a", 1, true)).process(labelled("b", 2, true));
      assertThat(harness.metrics()).isEmpty();
      harness.time(200);
      harness.process(labelled("a", 3, true));
      harness.beforeBarrier();
      harness.time(400);
      assertThat(harness.metrics()).extracting(chunk -> chunk.learned()).containsExactly(2L, 1L);
      assertThat(harness.metrics())
          .extracting(chunk -> chunk.sketch().scored())
          .containsExactly(2L, 1L);
    }
  }

  @Test
  void aFullWindowOfScoresLeavesAtOnce() throws Exception {
    try (PerKeyHarness harness = new PerKeyHarness(10).open()) {
      processAll(harness, examples(2_500));
      assertThat(harness.metrics())
          .extracting(chunk -> chunk.learned())
          .containsExactly(1_000L, 1_000L);
    }
  }

  private static void processAll(PerKeyHarness harness, List<Example> examples) throws Exception {
    for (Example example : examples) {
      harness.process(example);
    }
  }

  private static Predicate<String> updatedSince(int number) {
    List<String> keys =
        examples(400).subList(number, 400).stream().map(e -> "key:" + e.key() + " ").toList();
    return block -> keys.stream().anyMatch(block::startsWith);
  }

  private static List<Example> examples(int count) {
    Random random = new Random(5);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = "k" + (int) Math.floor(20 * Math.pow(random.nextDouble(), 2));
      examples.add(labelled(key, i, random.nextDouble() < 0.3));
    }
    return examples;
  }
}
