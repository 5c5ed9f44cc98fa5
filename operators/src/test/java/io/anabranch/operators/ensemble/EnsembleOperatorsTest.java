package io.anabranch.operators.ensemble;

import static io.anabranch.operators.ensemble.EnsembleHarness.example;
import static io.anabranch.operators.ensemble.EnsembleHarness.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.ensemble.EnsembleHarness.Snapshot;
import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.MetricsChunk;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnsembleOperatorsTest {
  private static final EnsembleSpec SPEC = spec(Holdout.NONE, 5);
  private static final long RECORDS = 400;

  private final PlainEnsemble plain = PlainEnsemble.of(SPEC, RECORDS, EnsembleHarness::example);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void atAnyParallelismItIsThePlainModelBitForBit(int parallelism) throws Exception {
    try (EnsembleHarness job = new EnsembleHarness(parallelism, SPEC).open()) {
      for (long number = 0; number < RECORDS; number++) {
        job.show(example(number)).count();
      }
      assertThat(job.predictions()).isEqualTo(plain.predictions());
      job.checkpoint(1);
      assertThat(job.blocks()).isEqualTo(plain.members());
      assertThat(job.metrics().stream().mapToLong(MetricsChunk::learned).sum()).isEqualTo(RECORDS);
      assertThat(job.completed(1).stream().mapToLong(ManifestPart::examples).sum())
          .isEqualTo(RECORDS);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "2, 3", "3, 1", "1, 2", "4, 7"})
  void restoredMidwayWithVotesWaitingItIsThePlainModelBitForBit(int before, int after)
      throws Exception {
    Map<String, String> predictions;
    Snapshot midway;
    try (EnsembleHarness job = new EnsembleHarness(before, SPEC).open()) {
      for (long number = 0; number < 150; number++) {
        job.show(example(number));
      }
      // Only the last subtask's votes have arrived of the first 150, and those of the next 20 are
      // lost with the failure.
      job.count(before - 1);
      midway = job.checkpoint(1);
      predictions = new TreeMap<>(job.predictions());
      assertThat(predictions).hasSize(before == 1 ? 150 : 0);
      for (long number = 150; number < 170; number++) {
        job.show(example(number));
      }
      job.count();
    }
    try (EnsembleHarness job = new EnsembleHarness(after, SPEC).restore(midway, before)) {
      // What the other subtasks had said was on its way, in the state of channels.
      try (EnsembleHarness again = new EnsembleHarness(before, SPEC).open()) {
        for (long number = 0; number < 150; number++) {
          again.show(example(number));
        }
        for (int subtask = 0; subtask < before - 1; subtask++) {
          job.take(again, subtask);
        }
      }
      for (long number = 150; number < RECORDS; number++) {
        job.show(example(number)).count();
      }
      predictions.putAll(job.predictions());
      assertThat(predictions).isEqualTo(plain.predictions());
      job.checkpoint(2);
      assertThat(job.blocks()).isEqualTo(plain.members());
    }
  }

  @Test
  void aPredictionWaitsForAllMembers() throws Exception {
    try (EnsembleHarness job = new EnsembleHarness(2, SPEC).open()) {
      job.show(example(0)).count(0);
      assertThat(job.predictions()).isEmpty();
      job.count(1);
      assertThat(job.predictions()).hasSize(1);
    }
  }

  @Test
  void anUnlabelledRecordIsPredictedAndNotLearned() throws Exception {
    try (EnsembleHarness job = new EnsembleHarness(2, SPEC).open()) {
      Example unlabelled = new Example();
      unlabelled.clear();
      unlabelled.identify("id-0", "", 0);
      job.show(unlabelled).count();
      job.checkpoint(1);
      assertThat(job.predictions()).containsExactly(Map.entry("id-0", "v0  0x1.0p-1"));
      assertThat(job.blocks()).isEmpty();
      assertThat(job.metrics()).isEmpty();
    }
  }

  @Test
  void aHeldOutExampleIsPredictedAndScoredAndLearnedByNoMember() throws Exception {
    EnsembleSpec half = spec(new Holdout(0.5, 1), 5);
    PlainEnsemble expected = PlainEnsemble.of(half, 60, EnsembleHarness::example);
    try (EnsembleHarness job = new EnsembleHarness(2, half).open()) {
      for (long number = 0; number < 60; number++) {
        job.show(example(number)).count();
      }
      job.checkpoint(1);
      assertThat(job.predictions()).isEqualTo(expected.predictions());
      assertThat(job.blocks()).isEqualTo(expected.members());
      long heldOut = job.metrics().stream().mapToLong(chunk -> chunk.holdout().scored()).sum();
      assertThat(heldOut).isBetween(15L, 45L);
      assertThat(job.metrics().stream().mapToLong(MetricsChunk::learned).sum())
          .isEqualTo(60 - heldOut);
    }
  }

  @Test
  void stateOfAnotherNumberOfMembersIsRefused() throws Exception {
    Snapshot five;
    try (EnsembleHarness job = new EnsembleHarness(1, SPEC).open()) {
      five = job.show(example(0)).checkpoint(1);
    }
    try (EnsembleHarness job = new EnsembleHarness(1, spec(Holdout.NONE, 6))) {
      assertThatThrownBy(() -> job.restore(five, 1))
          .rootCause()
          .hasMessage("members must be 6 as in the settings, got 5");
    }
  }

  @Test
  void aLearnerWithoutMembersIsRefused() {
    LearnerSettings settings = new LearnerSettings(Target.binary("1"), 22, Map.of(), 1);
    ClassLoader loader = EnsembleOperatorsTest.class.getClassLoader();
    assertThatThrownBy(
            () ->
                new EnsembleSpec("a", "hoeffding-tree", settings, 1_000, Holdout.NONE)
                    .ensemble(loader))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("learner 'a': a hoeffding-tree must have members to be an ensemble");
    assertThatThrownBy(
            () -> new EnsembleSpec("a", "tree", settings, 1_000, Holdout.NONE).ensemble(loader))
        .hasMessageStartingWith("learner 'a': type must be one of ")
        .hasMessageEndingWith(", got 'tree'");
    // The state is not to blame.
    assertThatThrownBy(
            () ->
                new EnsembleHarness(1, new EnsembleSpec("a", "tree", settings, 1_000, Holdout.NONE))
                    .open())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("learner 'a': type must be one of ");
    assertThatThrownBy(() -> new EnsembleSpec("a", "online-bagging", settings, 0, Holdout.NONE))
        .hasMessage("window must be >= 1, got 0");
  }
}
