package io.anabranch.operators.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.metrics.PrequentialSketch;
import io.anabranch.operators.record.InputCounts;
import io.anabranch.operators.record.KeyCounts;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.MetricsReport;
import io.anabranch.operators.record.RecordTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class EvaluationMergeTest {
  private static final Target TARGET = Target.binary("1");
  private static final int WINDOW = 100;
  private static final int EMPTY_SKETCH = 3;
  private static final int DRIFTS = Long.BYTES;

  private final Random random = new Random(3);
  private final PrequentialSketch all = new PrequentialSketch(TARGET);

  @Test
  void aWindowIsReportedWhenEnoughWasScoredInAll() throws Exception {
    try (var harness = harness(0, 1)) {
      harness.open();
      process(harness, chunk("lr", 60));
      process(harness, chunk("other", 60));
      assertThat(harness.extractOutputValues()).isEmpty();
      process(harness, chunk("lr", 60));
      assertThat(harness.extractOutputValues())
          .extracting(
              MetricsReport::learner,
              MetricsReport::window,
              MetricsReport::scored,
              MetricsReport::examples)
          .containsExactly(tuple("lr", WINDOW, 120L, 120L));
      process(harness, chunk("lr", 99));
      assertThat(harness.extractOutputValues()).hasSize(1);
    }
  }

  @Test
  void cumulativeFiguresEqualThoseOfOneSketchOverEverything() throws Exception {
    try (var harness = harness(0, 1)) {
      harness.open();
      for (int i = 0; i < 20; i++) {
        process(harness, chunk("lr", 37));
      }
      harness.endInput();
      assertThat(last(harness))
          .isEqualTo(new MetricsReport("lr", 0, 0, 740, 740, InputCounts.NONE, all.figures()));
    }
  }

  @Test
  void theCumulativeReportComesOnceASecondAndOnlyWhenSomethingChanged() throws Exception {
    try (var harness = harness(0, 1)) {
      harness.open();
      process(harness, chunk("lr", 1));
      harness.setProcessingTime(999);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.setProcessingTime(1_000);
      assertThat(harness.extractOutputValues()).hasSize(1);
      harness.setProcessingTime(2_000);
      harness.prepareSnapshotPreBarrier(1);
      assertThat(harness.extractOutputValues()).hasSize(1);
      process(harness, chunk("lr", 1));
      harness.prepareSnapshotPreBarrier(2);
      assertThat(harness.extractOutputValues()).hasSize(2);
      assertThat(last(harness).scored()).isEqualTo(2);
    }
  }

  @Test
  void whatDecodingCountedIsInTheCumulativeReport() throws Exception {
    try (var harness = harness(0, 1)) {
      harness.open();
      InputMeter meter = new InputMeter("in", List.of("lr", "other"), TARGET);
      meter.decoded(true);
      meter.decoded(false);
      meter.deadLetter();
      List<MetricsChunk> chunks = new ArrayList<>();
      meter.ship(chunks::add);
      meter.decoded(true);
      meter.ship(chunks::add);
      for (MetricsChunk chunk : chunks) {
        process(harness, chunk);
      }
      harness.endInput();
      assertThat(harness.extractOutputValues())
          .extracting(MetricsReport::learner)
          .containsExactly("lr", "other");
      assertThat(harness.extractOutputValues())
          .extracting(MetricsReport::input)
          .containsOnly(new InputCounts(3, 1, 1));
    }
  }

  @Test
  void aRunRestoredMidwayEqualsAnUninterruptedOne() throws Exception {
    List<MetricsChunk> chunks = chunks();
    List<MetricsReport> uninterrupted = new ArrayList<>();
    try (var harness = harness(0, 1)) {
      harness.open();
      processAll(harness, chunks);
      uninterrupted.addAll(windows(harness));
      harness.endInput();
      uninterrupted.addAll(cumulative(harness));
    }
    OperatorSubtaskState midway;
    List<MetricsReport> reports = new ArrayList<>();
    try (var harness = harness(0, 1)) {
      harness.open();
      processAll(harness, chunks.subList(0, 13));
      midway = harness.snapshot(1, 1);
      reports.addAll(windows(harness));
      processAll(harness, chunks.subList(13, 17)); // lost with the failure
    }
    try (var harness = harness(0, 1)) {
      harness.initializeState(midway);
      harness.open();
      processAll(harness, chunks.subList(13, 30));
      reports.addAll(windows(harness));
      harness.endInput();
      reports.addAll(cumulative(harness));
    }
    assertThat(reports).isEqualTo(uninterrupted);
  }

  @Test
  void aRunRestoredAtAnotherParallelismReportsEachLearnerOnce() throws Exception {
    OperatorSubtaskState one;
    try (var harness = harness(0, 1)) {
      harness.open();
      processAll(harness, chunks());
      one = harness.snapshot(1, 1);
    }
    List<MetricsReport> reports = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var harness = harness(subtask, 2)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(one, 128, 1, 2, subtask));
        harness.open();
        harness.endInput();
        reports.addAll(cumulative(harness));
      }
    }
    assertThat(reports).extracting(MetricsReport::learner).containsExactlyInAnyOrder("lr", "other");
    assertThat(reports).extracting(MetricsReport::scored).containsOnly(480L);
  }

  @Test
  void figuresOfHeldOutExamplesStandBesideThoseOfAllAndSurviveARestore() throws Exception {
    PrequentialSketch heldOut = chunk("lr", 9).sketch();
    MetricsChunk chunk =
        new MetricsChunk("lr", 51, InputCounts.NONE, chunk("lr", 60).sketch(), heldOut);
    OperatorSubtaskState state;
    try (var harness = harness(0, 1)) {
      harness.open();
      process(harness, chunk);
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(0, 1)) {
      harness.initializeState(state);
      harness.open();
      harness.endInput();
      assertThat(last(harness).examples()).isEqualTo(51);
      assertThat(last(harness).scored()).isEqualTo(60);
      assertThat(last(harness).figures())
          .containsAllEntriesOf(chunk.sketch().figures())
          .containsEntry("holdoutScored", 9.0)
          .containsEntry("holdoutAccuracy", heldOut.figures().get("accuracy"))
          .containsEntry("holdoutLogLoss", heldOut.figures().get("logLoss"));
    }
  }

  @Test
  void driftsOfAllSubtasksAreSummedAndSurviveARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(0, 1)) {
      harness.open();
      process(harness, chunk("lr", 10));
      process(harness, drifts(2));
      process(harness, chunk("lr", 10));
      process(harness, drifts(0));
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(0, 1)) {
      harness.initializeState(state);
      harness.open();
      process(harness, drifts(3));
      harness.endInput();
      assertThat(last(harness).figures()).containsEntry("drifts", 5.0);
    }
  }

  @Test
  void hotKeysOfAllSubtasksAreInTheCumulativeReportAlone() throws Exception {
    try (var harness = harness(0, 1)) {
      harness.open();
      process(harness, counted(new KeyCounts(600, Map.of("hot", 400L))));
      process(harness, counted(new KeyCounts(200, Map.of("warm", 90L))));
      harness.endInput();
      assertThat(windows(harness)).isNotEmpty().allMatch(report -> report.hotKeys().isEmpty());
      assertThat(last(harness).hotKeys())
          .containsExactly(Map.entry("hot", 0.5), Map.entry("warm", 90 / 800.0));
    }
  }

  @Test
  void whereNothingWatchesThereIsNoCountOfDrifts() throws Exception {
    try (var harness = harness(0, 1)) {
      harness.open();
      process(harness, chunk("lr", 10));
      harness.endInput();
      assertThat(last(harness).figures()).doesNotContainKey("drifts");
    }
  }

  private static MetricsChunk drifts(int drifts) {
    PrequentialSketch nothing = new PrequentialSketch(TARGET);
    return new MetricsChunk("lr", 0, InputCounts.NONE, nothing, nothing, drifts, KeyCounts.NONE);
  }

  @Test
  void stateFromBeforeDriftsWereCountedIsRead() {
    Tally tally = new Tally(TARGET);
    tally.add(chunk("lr", 40));
    byte[] bytes = tally.write();
    byte[] before = Arrays.copyOf(bytes, bytes.length - DRIFTS);
    before[0] = 2;
    Tally read = Tally.read(before);
    assertThat(read.cumulative("lr", 0)).isEqualTo(tally.cumulative("lr", 0));
    assertThat(read.write()).isEqualTo(bytes);
  }

  @Test
  void stateFromBeforeThereWasAHoldoutIsRead() {
    Tally tally = new Tally(TARGET);
    tally.add(chunk("lr", 40));
    byte[] bytes = tally.write();
    byte[] before = Arrays.copyOf(bytes, bytes.length - EMPTY_SKETCH - DRIFTS);
    before[0] = 1;
    Tally read = Tally.read(before);
    assertThat(read.cumulative("lr", 0)).isEqualTo(tally.cumulative("lr", 0));
    assertThat(read.write()).isEqualTo(bytes);
  }

  @Test
  void stateOfAnotherFormatIsRefused() {
    byte[] bytes = new Tally(TARGET).write();
    bytes[0] = 9;
    assertThatThrownBy(() -> Tally.read(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("evaluation state has format 9, this build reads 3");
  }

  @Test
  void stateThatEndsTooEarlyIsRefused() {
    assertThatThrownBy(() -> Tally.read(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("evaluation state of 3 bytes ends too early");
  }

  private List<MetricsChunk> chunks() {
    List<MetricsChunk> chunks = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      chunks.add(chunk("lr", 32));
      chunks.add(chunk("other", 32));
    }
    return chunks;
  }

  private MetricsChunk counted(KeyCounts keys) {
    MetricsChunk scored = chunk("lr", 60);
    return new MetricsChunk(
        "lr",
        scored.learned(),
        scored.input(),
        scored.sketch(),
        scored.holdout(),
        scored.drifts(),
        keys);
  }

  private MetricsChunk chunk(String learner, int scored) {
    PrequentialSketch sketch = new PrequentialSketch(TARGET);
    Example example = new Example();
    Prediction prediction = new Prediction();
    for (int i = 0; i < scored; i++) {
      boolean positive = random.nextBoolean();
      example.clear();
      example.label(positive ? "1" : "0", positive ? 1 : 0);
      prediction.binary(random.nextInt(64) / 64.0);
      sketch.score(prediction, example);
    }
    all.merge(sketch);
    return new MetricsChunk(learner, scored, InputCounts.NONE, sketch, sketch.empty());
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, MetricsChunk, MetricsReport>
      harness(int subtask, int subtasks) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new EvaluationMerge(TARGET, WINDOW),
            MetricsChunk::learner,
            Types.STRING,
            128,
            subtasks,
            subtask);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup(RecordTypes.METRICS_REPORT.createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static void process(
      KeyedOneInputStreamOperatorTestHarness<String, MetricsChunk, MetricsReport> harness,
      MetricsChunk chunk)
      throws Exception {
    harness.processElement(new StreamRecord<>(chunk));
  }

  private static void processAll(
      KeyedOneInputStreamOperatorTestHarness<String, MetricsChunk, MetricsReport> harness,
      List<MetricsChunk> chunks)
      throws Exception {
    for (MetricsChunk chunk : chunks) {
      process(harness, chunk);
    }
  }

  private static List<MetricsReport> windows(
      AbstractStreamOperatorTestHarness<MetricsReport> harness) {
    return harness.extractOutputValues().stream().filter(report -> report.window() > 0).toList();
  }

  private static List<MetricsReport> cumulative(
      AbstractStreamOperatorTestHarness<MetricsReport> harness) {
    return harness.extractOutputValues().stream().filter(report -> report.window() == 0).toList();
  }

  private static MetricsReport last(AbstractStreamOperatorTestHarness<MetricsReport> harness) {
    List<MetricsReport> reports = harness.extractOutputValues();
    return reports.get(reports.size() - 1);
  }
}
