package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.FeedbackChannel;
import io.anabranch.operators.exchange.FeedbackHub;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.Epochs;
import io.anabranch.operators.flink.SideOutputs;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One helper, with the receiver's side of its channel. */
class HelperOperatorTest {
  private static final long SHIP_MILLIS = 200;
  private static final PerKeySpec SPEC =
      new PerKeySpec(
          "bayes", "naive-bayes", SkewedExamples.SETTINGS, KeyChoice.ENTITY, 1_000, Holdout.NONE);
  private static final LearnerProvider PROVIDER =
      new LearnerRegistry(HelperOperatorTest.class.getClassLoader())
          .find(SPEC.type())
          .orElseThrow();

  private OneInputStreamOperatorTestHarness<Example, PredictionRecord> harness;
  private FeedbackChannel channel;
  private long number;
  private long now;

  @BeforeEach
  void open() throws Exception {
    open(SPEC);
  }

  private void open(PerKeySpec spec) throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            HelperOperator.factory(spec, SHIP_MILLIS), PerKeyHarness.KEY_GROUPS, 1, 0);
    harness.setup(RecordTypes.PREDICTION.createSerializer(new SerializerConfigImpl()));
    harness.open();
    channel =
        FeedbackHub.open(
            new FeedbackHub.Address(
                harness.getEnvironment().getJobID().toString(), SPEC.learner(), 0, epoch()));
  }

  @AfterEach
  void close() throws Exception {
    channel.close();
    harness.close();
  }

  @Test
  void recordsArePassedOnUntilTheModelIsThereAndCalm() throws Exception {
    process(true);
    assertThat(deltas()).singleElement().matches(delta -> delta.examples() == 0);
    answer(1, 1_000);
    process(true); // how fast it grows is not known
    tick();
    tick();
    assertThat(deltas()).hasSize(2); // asked again
    answer(2, 1_100);
    process(true);

    assertThat(SideOutputs.of(harness, HelperOperator.PASSED)).hasSize(2);
    assertThat(harness.extractOutputValues())
        .singleElement()
        .matches(prediction -> prediction.id().equals("id-2") && prediction.version() == 1_107);
  }

  @Test
  void whatWasLearnedIsShippedBeforeABarrierWithItsFigures() throws Exception {
    ready();
    process(true);
    process(true);
    process(false);
    harness.prepareSnapshotPreBarrier(1);

    assertThat(deltas().stream().mapToLong(KeyDelta::examples).sum()).isEqualTo(2);
    assertThat(
            SideOutputs.of(harness, HelperOperator.METRICS).stream()
                .mapToLong(MetricsChunk::learned)
                .sum())
        .isEqualTo(2);
    int shipped = deltas().size();
    harness.prepareSnapshotPreBarrier(2);
    assertThat(deltas()).hasSize(shipped);
  }

  @Test
  void aKeyThatIsOnlyPredictedForIsToldToItsHome() throws Exception {
    ready();
    int asked = deltas().size();
    process(false);
    process(false);
    tick();
    tick();

    assertThat(deltas().subList(asked, deltas().size()))
        .singleElement()
        .matches(delta -> delta.seen() && delta.examples() == 0);
  }

  @Test
  void aKeyThatIsNoLongerHotIsAskedForAnew() throws Exception {
    ready();
    for (int i = 0; i < 51; i++) {
      tick();
    }
    int before = deltas().size();
    process(true);

    assertThat(deltas()).hasSize(before + 1);
    assertThat(SideOutputs.of(harness, HelperOperator.PASSED)).hasSize(2);
  }

  @Test
  void aKeyWhoseModelWouldNotFitIsLeftAlone() throws Exception {
    reopen(100);
    process(true);
    answer(1, 1_000);
    for (int i = 0; i < HelperOperator.IDLE_SHIPMENTS; i++) {
      tick();
      process(true);
    }
    assertThat(deltas()).hasSize(1);
    tick();
    tick();
    assertThat(deltas()).as("asked again").hasSize(2);
    answer(2, 1_000);
    process(true);

    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(SideOutputs.of(harness, HelperOperator.PASSED))
        .hasSize(HelperOperator.IDLE_SHIPMENTS + 2);
  }

  @Test
  void whatWasLearnedOfAKeyThatNoLongerFitsIsShipped() throws Exception {
    reopen(PROVIDER.write(model(10_000)).length);
    ready();
    process(true);
    Learner grown = model(10_000);
    Example wide = SkewedExamples.of(1);
    wide.features().addSparse(5, 1);
    grown.learn(wide);
    answer(2, grown);
    process(true);

    assertThat(deltas().stream().mapToLong(KeyDelta::examples).sum()).isEqualTo(1);
    assertThat(harness.extractOutputValues()).hasSize(1);
    assertThat(SideOutputs.of(harness, HelperOperator.PASSED)).hasSize(2);
  }

  @Test
  void ofMoreKeysThanItCanKnowTheRecordsArePassedOn() throws Exception {
    for (int key = 0; key <= HelperOperator.MOST_KEYS; key++) {
      harness.processElement(new StreamRecord<>(PerKeyHarness.unlabelled("k" + key, key)));
    }
    assertThat(deltas()).hasSize(HelperOperator.MOST_KEYS);
    assertThat(SideOutputs.of(harness, HelperOperator.PASSED))
        .hasSize(HelperOperator.MOST_KEYS + 1);
  }

  /** Makes the key one that the helper helps with. */
  private void ready() throws Exception {
    process(false);
    answer(1, 10_000);
    tick();
    tick();
    answer(2, 10_000);
  }

  private void process(boolean labelled) throws Exception {
    Example example = new Example();
    example.clear();
    example.identify("id-" + number, "k", number++);
    example.features().addNumeric((1 << 12) + 1, number);
    if (labelled) {
      example.label("1", 1);
    }
    harness.processElement(new StreamRecord<>(example));
  }

  private void reopen(long heapBytes) throws Exception {
    close();
    open(
        new PerKeySpec(
            SPEC.learner(),
            SPEC.type(),
            SPEC.settings(),
            SPEC.key(),
            SPEC.window(),
            SPEC.holdout(),
            heapBytes,
            KeyLimits.NONE));
  }

  private static Learner model(int examples) {
    Learner model = PROVIDER.create(SkewedExamples.SETTINGS);
    for (long i = 0; i < examples; i++) {
      model.learn(SkewedExamples.of(i));
    }
    return model;
  }

  private void answer(long acknowledged, int examples) throws Exception {
    answer(acknowledged, model(examples));
  }

  private void answer(long acknowledged, Learner model) throws Exception {
    channel.put(
        new WeightsMessage.KeyTruth(
            epoch(), "k", 7, new long[] {acknowledged}, PROVIDER.write(model)));
    harness.getTaskMailbox().take(-1).run();
  }

  private void tick() throws Exception {
    now += SHIP_MILLIS;
    harness.setProcessingTime(now);
  }

  private long epoch() {
    return Epochs.of(harness.getEnvironment());
  }

  private List<KeyDelta> deltas() {
    return SideOutputs.of(harness, HelperOperator.DELTAS);
  }
}
