package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.flink.SideOutputs;
import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** One subtask of per-key models over RocksDB, and what came out of it as text. */
final class PerKeyHarness implements AutoCloseable {
  static final int KEY_GROUPS = 128;

  private final PerKeyOperator operator;
  private final KeyedOneInputStreamOperatorTestHarness<String, Example, PredictionRecord> harness;

  PerKeyHarness(int heapModels, int subtask, int subtasks) throws Exception {
    this(heapModels, subtask, subtasks, Holdout.NONE, KeyLimits.NONE, DriftDetection.NONE);
  }

  /** One whose models expire. */
  static PerKeyHarness expiring(int heapModels, long expireMillis) throws Exception {
    return limited(heapModels, new KeyLimits(expireMillis, KeyLimits.ANY));
  }

  /** One that does not keep every model. */
  static PerKeyHarness limited(int heapModels, KeyLimits limits) throws Exception {
    return limited(heapModels, limits, 0, 1);
  }

  static PerKeyHarness limited(int heapModels, KeyLimits limits, int subtask, int subtasks)
      throws Exception {
    return new PerKeyHarness(
        heapModels, subtask, subtasks, Holdout.NONE, limits, DriftDetection.NONE);
  }

  /** One whose errors are watched. */
  static PerKeyHarness watching(DriftDetection drift, int subtask, int subtasks) throws Exception {
    return new PerKeyHarness(5, subtask, subtasks, Holdout.NONE, KeyLimits.NONE, drift);
  }

  PerKeyHarness(Holdout holdout) throws Exception {
    this(5, 0, 1, holdout, KeyLimits.NONE, DriftDetection.NONE);
  }

  private PerKeyHarness(
      int heapModels,
      int subtask,
      int subtasks,
      Holdout holdout,
      KeyLimits limits,
      DriftDetection drift)
      throws Exception {
    PerKeySpec spec =
        new PerKeySpec(
            "average",
            RunningAverage.TYPE,
            new LearnerSettings(Target.binary("1"), 22, Map.of(), 1),
            KeyChoice.ENTITY,
            1_000,
            holdout,
            RunningAverage.heapBytes(heapModels),
            limits,
            drift,
            null);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            PerKeyOperator.factory(spec, 10_000),
            spec.key()::of,
            Types.STRING,
            KEY_GROUPS,
            subtasks,
            subtask);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup(RecordTypes.PREDICTION.createSerializer(new SerializerConfigImpl()));
    operator = (PerKeyOperator) harness.getOperator();
  }

  PerKeyHarness(int heapModels) throws Exception {
    this(heapModels, 0, 1);
  }

  /** Sets the clock before the operator looks at it first. */
  PerKeyHarness at(long millis) throws Exception {
    harness.setProcessingTime(millis);
    return this;
  }

  PerKeyHarness open() throws Exception {
    harness.open();
    return this;
  }

  PerKeyHarness restore(OperatorSubtaskState state) throws Exception {
    harness.initializeState(state);
    return open();
  }

  static Example labelled(String key, long number, boolean positive) {
    Example example = unlabelled(key, number);
    example.label(positive ? "1" : "0", positive ? 1 : 0);
    return example;
  }

  static Example unlabelled(String key, long number) {
    Example example = new Example();
    example.clear();
    example.identify("id-" + number, key, number);
    example.features().addNumeric((1 << 22) + 7, number);
    return example;
  }

  PerKeyHarness process(Example example) throws Exception {
    harness.processElement(new StreamRecord<>(example));
    return this;
  }

  OperatorSubtaskState checkpoint(long id, long timestamp) throws Exception {
    harness.prepareSnapshotPreBarrier(id);
    return harness.snapshot(id, timestamp);
  }

  void beforeBarrier() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
  }

  void completed(long checkpoint) throws Exception {
    harness.notifyOfCompletedCheckpoint(checkpoint);
  }

  void time(long millis) throws Exception {
    harness.setProcessingTime(millis);
  }

  long expired() {
    return operator.expired();
  }

  long evicted() {
    return operator.evicted();
  }

  long reads() {
    return operator.reads();
  }

  long counted() {
    return operator.counted();
  }

  int timers() {
    return harness.numProcessingTimeTimers();
  }

  List<PredictionRecord> records() {
    return harness.extractOutputValues();
  }

  List<String> predictions() {
    return records().stream()
        .map(
            record ->
                record.id()
                    + " "
                    + record.key()
                    + " v"
                    + record.version()
                    + " "
                    + record.prediction().probability())
        .toList();
  }

  List<String> blocks() {
    return SideOutputs.of(harness, PerKeyOperator.BLOCKS).stream()
        .map(PerKeyHarness::text)
        .toList();
  }

  static String text(ModelRecord.Block block) {
    return block.block() + " v" + block.version() + " " + Arrays.toString(block.payload());
  }

  List<MetricsChunk> metrics() {
    return SideOutputs.of(harness, PerKeyOperator.METRICS);
  }

  List<ManifestPart> parts() {
    return SideOutputs.of(harness, PerKeyOperator.PARTS);
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
