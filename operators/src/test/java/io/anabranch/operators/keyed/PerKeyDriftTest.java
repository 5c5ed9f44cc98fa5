package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.operators.record.MetricsChunk;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** A subtask's detector of drifts, and what becomes of it when the subtask is restored. */
class PerKeyDriftTest {
  private static final int EXAMPLES = 1_000;

  private final Random random = new Random(4);
  private long number;

  @Test
  void aDriftIsCountedWithTheFigures() throws Exception {
    try (PerKeyHarness subtask = PerKeyHarness.watching(DriftDetection.ADWIN, 0, 1).open()) {
      predictable(subtask);
      subtask.beforeBarrier();
      assertThat(drifts(subtask)).isZero();
      unpredictable(subtask);
      subtask.beforeBarrier();
      assertThat(drifts(subtask)).isPositive();
    }
  }

  @Test
  void withoutADetectorNothingIsSaidOfDrifts() throws Exception {
    try (PerKeyHarness subtask = PerKeyHarness.watching(DriftDetection.NONE, 0, 1).open()) {
      predictable(subtask);
      subtask.beforeBarrier();
      assertThat(subtask.metrics())
          .extracting(MetricsChunk::drifts)
          .containsOnly(MetricsChunk.UNWATCHED);
    }
  }

  @Test
  void aRestoredSubtaskKnowsWhatTheErrorsWereBefore() throws Exception {
    OperatorSubtaskState state = watched(0, 1);
    try (PerKeyHarness restored =
            PerKeyHarness.watching(DriftDetection.ADWIN, 0, 1).restore(state);
        PerKeyHarness fresh = PerKeyHarness.watching(DriftDetection.ADWIN, 0, 1).open()) {
      unpredictable(restored);
      unpredictable(fresh);
      restored.beforeBarrier();
      fresh.beforeBarrier();
      assertThat(drifts(restored)).isPositive();
      assertThat(drifts(fresh)).isZero(); // all of its errors are alike
    }
  }

  @Test
  void ofTwoSubtasksThatBecomeOneTheLongerMemoryIsKept() throws Exception {
    OperatorSubtaskState idle;
    try (PerKeyHarness subtask = PerKeyHarness.watching(DriftDetection.ADWIN, 1, 2).open()) {
      idle = subtask.checkpoint(1, 1);
    }
    OperatorSubtaskState both =
        AbstractStreamOperatorTestHarness.repackageState(watched(0, 2), idle);
    try (PerKeyHarness one =
        PerKeyHarness.watching(DriftDetection.ADWIN, 0, 1)
            .restore(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    both, PerKeyHarness.KEY_GROUPS, 2, 1, 0))) {
      unpredictable(one);
      one.beforeBarrier();
      assertThat(drifts(one)).isPositive();
    }
  }

  @Test
  void anotherDetectorBeginsAnew() throws Exception {
    OperatorSubtaskState state = watched(0, 1);
    try (PerKeyHarness other = PerKeyHarness.watching(DriftDetection.DDM, 0, 1).restore(state)) {
      unpredictable(other);
      other.beforeBarrier();
      assertThat(drifts(other)).isZero();
    }
  }

  /** The state of a subtask that saw examples it could predict. */
  private OperatorSubtaskState watched(int subtask, int subtasks) throws Exception {
    try (PerKeyHarness harness =
        PerKeyHarness.watching(DriftDetection.ADWIN, subtask, subtasks).open()) {
      predictable(harness);
      return harness.checkpoint(1, 1);
    }
  }

  private void predictable(PerKeyHarness subtask) throws Exception {
    for (int i = 0; i < EXAMPLES; i++) {
      subtask.process(example(true));
    }
  }

  private void unpredictable(PerKeyHarness subtask) throws Exception {
    for (int i = 0; i < EXAMPLES; i++) {
      subtask.process(example(random.nextBoolean()));
    }
  }

  private Example example(boolean positive) {
    return PerKeyHarness.labelled(ownKey(), number++, positive);
  }

  /** A key of the first of two subtasks. */
  private static String ownKey() {
    for (int i = 0; ; i++) {
      if (KeyGroupRangeAssignment.assignKeyToParallelOperator(
              "key-" + i, PerKeyHarness.KEY_GROUPS, 2)
          == 0) {
        return "key-" + i;
      }
    }
  }

  private static int drifts(PerKeyHarness subtask) {
    return subtask.metrics().stream().mapToInt(MetricsChunk::drifts).sum();
  }
}
