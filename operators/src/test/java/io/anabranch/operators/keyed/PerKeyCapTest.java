package io.anabranch.operators.keyed;

import static io.anabranch.operators.keyed.PerKeyHarness.KEY_GROUPS;
import static io.anabranch.operators.keyed.PerKeyHarness.labelled;
import static io.anabranch.operators.keyed.PerKeyHarness.unlabelled;
import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.operators.flink.GroupKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerKeyCapTest {
  /** Two for each key group. */
  private static final KeyLimits TWO_EACH = new KeyLimits(KeyLimits.NEVER, 2 * KEY_GROUPS);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10})
  void theKeyNotSeenForLongestIsForgottenAndStartsAnewAtALaterVersion(int heapModels)
      throws Exception {
    List<String> keys = keysOfOneGroup(3);
    String a = keys.get(0);
    String b = keys.get(1);
    String c = keys.get(2);
    try (PerKeyHarness job = PerKeyHarness.limited(heapModels, TWO_EACH).open()) {
      job.process(labelled(a, 1, true)).process(labelled(a, 2, true));
      job.process(labelled(b, 3, true)).process(labelled(a, 4, true));
      job.process(labelled(c, 5, true));
      assertThat(job.evicted()).isEqualTo(1);
      assertThat(job.counted()).isEqualTo(2);
      assertThat(job.blocks()).contains("key:" + b + " v1 []");

      job.process(unlabelled(b, 6)).process(labelled(a, 7, true));
      assertThat(job.predictions())
          .element(5)
          .asString()
          .isEqualTo("id-6 " + b + " v2 0.5"); // anew, and v1 was its last
      assertThat(job.predictions()).element(6).asString().startsWith("id-7 " + a + " v3 ");
    }
  }

  @Test
  void aKeyThatIsOnlyAskedTakesNobodysPlace() throws Exception {
    List<String> keys = keysOfOneGroup(20);
    try (PerKeyHarness job = PerKeyHarness.limited(3, TWO_EACH).open()) {
      job.process(labelled(keys.get(0), 1, true));
      for (String key : keys.subList(1, 20)) {
        job.process(unlabelled(key, 2));
      }
      job.process(unlabelled(keys.get(0), 3));
      assertThat(job.evicted()).isZero();
      assertThat(job.counted()).isEqualTo(1);
      assertThat(job.predictions()).last().asString().startsWith("id-3 " + keys.get(0) + " v1 ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1_000})
  void aRunRestoredMidwayForgetsWhatAnUninterruptedOneForgets(int heapModels) throws Exception {
    List<Example> examples = examples(3_000);
    Outcome whole = new Outcome();
    try (PerKeyHarness job = PerKeyHarness.limited(1_000, TWO_EACH).open()) {
      whole.run(job, examples);
    }
    assertThat(whole.evicted).isGreaterThan(500);
    Outcome parts = new Outcome();
    OperatorSubtaskState midway;
    try (PerKeyHarness job = PerKeyHarness.limited(heapModels, TWO_EACH).open()) {
      parts.run(job, examples.subList(0, 1_700));
      midway = job.checkpoint(1, 1_000);
      job.process(examples.get(1_700)); // lost
    }
    try (PerKeyHarness job = PerKeyHarness.limited(heapModels, TWO_EACH).restore(midway)) {
      parts.run(job, examples.subList(1_700, 3_000));
      assertThat(job.counted()).isEqualTo(2 * KEY_GROUPS);
    }
    assertThat(parts.predictions).isEqualTo(whole.predictions);
    assertThat(parts.evicted).isEqualTo(whole.evicted);
  }

  @Test
  void whichKeysAreForgottenDoesNotDependOnTheParallelism() throws Exception {
    List<Example> examples = examples(3_000);
    Outcome whole = new Outcome();
    try (PerKeyHarness job = PerKeyHarness.limited(1_000, TWO_EACH).open()) {
      whole.run(job, examples);
    }
    OperatorSubtaskState one;
    Outcome parts = new Outcome();
    try (PerKeyHarness job = PerKeyHarness.limited(10, TWO_EACH).open()) {
      parts.run(job, examples.subList(0, 1_500));
      one = job.checkpoint(1, 1_000);
    }
    long evicted = 0;
    for (int subtask = 0; subtask < 2; subtask++) {
      OperatorSubtaskState share =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              one, KEY_GROUPS, 1, 2, subtask);
      try (PerKeyHarness job = PerKeyHarness.limited(10, TWO_EACH, subtask, 2).restore(share)) {
        int here = subtask;
        parts.run(
            job,
            examples.subList(1_500, 3_000).stream()
                .filter(
                    example ->
                        KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                example.key(), KEY_GROUPS, 2)
                            == here)
                .toList());
        evicted += job.evicted();
      }
    }
    assertThat(parts.predictions).containsExactlyInAnyOrderElementsOf(whole.predictions);
    assertThat(evicted).isEqualTo(whole.evicted);
  }

  @Test
  void modelsOfBeforeThereWasACapCountAndGoInTheirTurn() throws Exception {
    List<String> keys = keysOfOneGroup(5);
    OperatorSubtaskState state;
    try (PerKeyHarness job = new PerKeyHarness(3).open()) {
      for (String key : keys) {
        job.process(labelled(key, 1, true));
      }
      state = job.checkpoint(1, 100);
    }
    try (PerKeyHarness job = PerKeyHarness.limited(3, TWO_EACH).restore(state)) {
      assertThat(job.counted()).isEqualTo(5);
      List<String> more = keysOfOneGroup(9).subList(5, 9);
      for (String key : more) {
        job.process(labelled(key, 2, true));
      }
      assertThat(job.counted()).isEqualTo(2);
      assertThat(job.evicted()).isEqualTo(7);
      state = job.checkpoint(2, 200);
    }
    try (PerKeyHarness job = PerKeyHarness.limited(3, TWO_EACH).restore(state)) {
      assertThat(job.counted()).isEqualTo(2);
      assertThat(job.evicted()).isEqualTo(7);
    }
  }

  @Test
  void aCapThatWasLiftedAndSetAgainKnowsWhatCameAndWentInBetween() throws Exception {
    List<String> keys = keysOfOneGroup(6);
    KeyLimits both = new KeyLimits(8_000, 2 * KEY_GROUPS);
    OperatorSubtaskState state;
    try (PerKeyHarness job = PerKeyHarness.limited(3, both).open()) {
      job.process(labelled(keys.get(0), 1, true)).process(labelled(keys.get(1), 2, true));
      state = job.checkpoint(1, 100);
    }
    try (PerKeyHarness job = PerKeyHarness.expiring(3, 8_000).restore(state)) {
      job.time(6_000);
      job.process(labelled(keys.get(1), 3, true)).process(labelled(keys.get(2), 4, true));
      job.time(11_000); // the first one is gone
      assertThat(job.expired()).isEqualTo(1);
      state = job.checkpoint(2, 200);
    }
    try (PerKeyHarness job = PerKeyHarness.limited(3, both).restore(state)) {
      assertThat(job.counted()).isEqualTo(2);
      job.process(labelled(keys.get(3), 5, true)).process(labelled(keys.get(4), 6, true));
      assertThat(job.counted()).isEqualTo(2);
      assertThat(job.evicted()).isEqualTo(2);
      job.process(labelled(keys.get(0), 7, true));
      assertThat(job.predictions()).last().asString().startsWith("id-7 " + keys.get(0) + " v3 ");
    }
  }

  @Test
  void whatExpiresMakesRoom() throws Exception {
    List<String> keys = keysOfOneGroup(4);
    try (PerKeyHarness job =
        PerKeyHarness.limited(3, new KeyLimits(8_000, 2 * KEY_GROUPS)).open()) {
      job.process(labelled(keys.get(0), 1, true)).process(labelled(keys.get(1), 2, true));
      job.process(labelled(keys.get(2), 3, true));
      assertThat(job.evicted()).isEqualTo(1);
      job.time(20_000);
      assertThat(job.expired()).isEqualTo(2); // the evicted one is not counted twice
      assertThat(job.counted()).isZero();
      job.process(labelled(keys.get(3), 4, true)).process(labelled(keys.get(0), 5, true));
      assertThat(job.evicted()).isEqualTo(1);
      assertThat(job.counted()).isEqualTo(2);
    }
  }

  /** Texts that differ in what a run predicts or forgets. */
  private static final class Outcome {
    final List<String> predictions = new ArrayList<>();
    long evicted;

    void run(PerKeyHarness job, List<Example> examples) throws Exception {
      for (Example example : examples) {
        job.process(example);
      }
      predictions.addAll(job.predictions());
      evicted = job.evicted();
    }
  }

  private static List<String> keysOfOneGroup(int count) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; keys.size() < count; i++) {
      if (GroupKeys.groupOf("k" + i, KEY_GROUPS) == 5) {
        keys.add("k" + i);
      }
    }
    return keys;
  }

  private static List<Example> examples(int count) {
    SplittableRandom random = new SplittableRandom(7);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = "k" + (int) Math.floor(2_000 * Math.pow(random.nextDouble(), 2));
      examples.add(labelled(key, i, random.nextDouble() < 0.3));
    }
    return examples;
  }
}
