package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The home of a split key: its state, what it adds, and what it sends. */
class HomeOperatorTest {
  private static final PerKeySpec SPEC =
      new PerKeySpec(
          "bayes", "naive-bayes", SkewedExamples.SETTINGS, KeyChoice.ENTITY, 1_000, Holdout.NONE);
  private static final LearnerProvider PROVIDER =
      new LearnerRegistry(HomeOperatorTest.class.getClassLoader()).find(SPEC.type()).orElseThrow();
  private static final int LEARNED = 40;

  @Test
  void itTakesUpTheModelsOfALearnerThatWasNotSplitAndGivesThemBack() throws Exception {
    OperatorSubtaskState split;
    try (HomeHarness home = new HomeHarness(SPEC, PROVIDER).opened(unsplit())) {
      home.merge(delta(home.epoch(), 30));
      home.prepareSnapshotPreBarrier(2);
      split = home.snapshot(2, 2);
    }
    try (HomeHarness home = new HomeHarness(SPEC, PROVIDER).opened(split)) {
      home.merge(question(home.epoch()));
      assertThat(home.sentExamples()).containsExactly(LEARNED + 30L);
    }
    try (var again = oneInput()) {
      again.initializeState(split);
      again.open();
      again.processElement(new StreamRecord<>(example(0)));
      assertThat(again.extractOutputValues())
          .singleElement()
          .matches(prediction -> prediction.version() == LEARNED + 30);
    }
  }

  @Test
  void whatHelpersOfAnEarlierRunLearnedIsAddedAndNotAcknowledged() throws Exception {
    try (HomeHarness home = new HomeHarness(SPEC, PROVIDER)) {
      home.open();
      home.merge(delta(home.epoch() - 1, 30));
      assertThat(home.truths()).isEmpty();
      home.merge(question(home.epoch()));
      assertThat(home.sentExamples()).containsExactly(30L);
      assertThat(home.truths().get(0).acknowledged()).containsExactly(0, 4);
    }
  }

  private static OperatorSubtaskState unsplit() throws Exception {
    try (var whole = oneInput()) {
      whole.open();
      for (long number = 0; number < LEARNED; number++) {
        whole.processElement(new StreamRecord<>(example(number)));
      }
      whole.prepareSnapshotPreBarrier(1);
      return whole.snapshot(1, 1);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Example, PredictionRecord>
      oneInput() throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            PerKeyOperator.factory(SPEC, 10_000),
            Example::key,
            Types.STRING,
            PerKeyHarness.KEY_GROUPS,
            1,
            0);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup(RecordTypes.PREDICTION.createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static Example example(long number) {
    Example example = SkewedExamples.of(number);
    example.identify("id-" + number, "k", number);
    return example;
  }

  private static KeyDelta question(long epoch) {
    return new KeyDelta(epoch, "k", 1, 4, 0, new byte[0]);
  }

  private static KeyDelta delta(long epoch, int count) {
    Learner learned = PROVIDER.create(SkewedExamples.SETTINGS);
    for (long number = 1_000; number < 1_000 + count; number++) {
      learned.learn(example(number));
    }
    return new KeyDelta(epoch, "k", 1, 3, count, PROVIDER.write(learned));
  }
}
