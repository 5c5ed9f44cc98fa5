package io.anabranch.operators.shared;

import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.Epochs;
import io.anabranch.operators.flink.SideOutputs;
import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.ModelRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** One subtask of shards over RocksDB. */
final class ShardHarness implements AutoCloseable {
  static final int SHARDS = 64;
  static final SharedSpec SPEC = spec(Holdout.NONE);

  private final KeyedOneInputStreamOperatorTestHarness<Integer, DeltaMessage, WeightsMessage>
      harness;
  private final Map<Integer, Long> sequences = new TreeMap<>();

  static SharedSpec spec(Holdout holdout) {
    return spec(holdout, DriftDetection.NONE);
  }

  static SharedSpec spec(Holdout holdout, DriftDetection drift) {
    return spec(holdout, drift, NumberDecoder.HASH_BITS);
  }

  static SharedSpec spec(int hashBits) {
    return spec(Holdout.NONE, DriftDetection.NONE, hashBits);
  }

  static SharedSpec spec(CoordinateLimits limits) {
    return spec(Holdout.NONE, DriftDetection.NONE, NumberDecoder.HASH_BITS, limits);
  }

  private static SharedSpec spec(Holdout holdout, DriftDetection drift, int hashBits) {
    return spec(holdout, drift, hashBits, CoordinateLimits.NONE);
  }

  private static SharedSpec spec(
      Holdout holdout, DriftDetection drift, int hashBits, CoordinateLimits limits) {
    return new SharedSpec(
        "tally",
        Tally.TYPE,
        new LearnerSettings(Target.numeric(), hashBits, Map.of(), 1),
        new ExchangeSettings(200, 200, 20),
        1_000,
        holdout,
        "trainers",
        1,
        new byte[0],
        drift,
        limits);
  }

  ShardHarness(int subtask, int subtasks) throws Exception {
    this(subtask, subtasks, SPEC);
  }

  ShardHarness(int subtask, int subtasks, SharedSpec spec) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new ShardOperator(spec),
            new ShardKeySelector(SHARDS),
            Types.INT,
            128,
            subtasks,
            subtask);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup(ExchangeTypes.WEIGHTS.createSerializer(new SerializerConfigImpl()));
  }

  ShardHarness open() throws Exception {
    harness.open();
    return this;
  }

  ShardHarness restore(OperatorSubtaskState state) throws Exception {
    harness.initializeState(state);
    return open();
  }

  long epoch() {
    return Epochs.of(harness.getEnvironment());
  }

  /** A delta that saw a coordinate once, as the next one of trainer 0 in this epoch. */
  void see(int coordinate) throws Exception {
    see(epoch(), coordinate, false);
  }

  void see(long epoch, int coordinate, boolean awaited) throws Exception {
    CoordinateBatch changes = new CoordinateBatch(1, 2);
    int at = changes.add(coordinate);
    changes.values()[at] = 1;
    int statisticsAt = changes.addStatistics(coordinate);
    changes.statistics()[statisticsAt] = 1;
    changes.statistics()[statisticsAt + 1] = 0.5;
    int shard = coordinate % SHARDS;
    long sequence = epoch == epoch() ? sequences.merge(shard, 1L, Long::sum) : 99;
    harness.processElement(
        new StreamRecord<>(
            new DeltaMessage(
                epoch, shard, 0, sequence, awaited, shard == 0 ? 1 : 0, coordinate, changes)));
  }

  /** A delta of an example that had a coordinate which is not in the model. */
  void occur(int coordinate) throws Exception {
    CoordinateBatch occurrences = new CoordinateBatch(0, 0);
    occurrences.add(coordinate);
    int shard = coordinate % SHARDS;
    harness.processElement(
        new StreamRecord<>(
            new DeltaMessage(
                epoch(),
                shard,
                0,
                sequences.merge(shard, 1L, Long::sum),
                false,
                shard == 0 ? 1 : 0,
                coordinate,
                new CoordinateBatch(1, 2),
                occurrences)));
  }

  void merge(DeltaMessage delta) throws Exception {
    harness.processElement(new StreamRecord<>(delta));
  }

  OperatorSubtaskState checkpoint(long id, long timestamp) throws Exception {
    harness.prepareSnapshotPreBarrier(id);
    return harness.snapshot(id, timestamp);
  }

  void completed(long id) throws Exception {
    harness.notifyOfCompletedCheckpoint(id);
  }

  void time(long millis) throws Exception {
    harness.setProcessingTime(millis);
  }

  void endInput() throws Exception {
    harness.endInput();
  }

  List<WeightsMessage> weights() {
    return harness.extractOutputValues();
  }

  void forgetOutput() {
    harness.getOutput().clear();
  }

  /** All counts published, newest last, by coordinate, without those of what is gone. */
  Map<Integer, Float> members() {
    Map<Integer, Float> values = new TreeMap<>();
    for (WeightsMessage message : weights()) {
      if (message instanceof WeightsMessage.Truth truth) {
        for (int i = 0; i < truth.gone().size(); i++) {
          values.remove(truth.gone().coordinates()[i]);
        }
        for (int i = 0; i < truth.truth().size(); i++) {
          values.put(truth.truth().coordinates()[i], truth.truth().values()[i]);
        }
      }
    }
    return values;
  }

  /** All values published, newest last, by coordinate: "count/sum". */
  Map<Integer, String> published() {
    Map<Integer, String> values = new TreeMap<>();
    for (WeightsMessage message : weights()) {
      if (message instanceof WeightsMessage.Truth truth) {
        CoordinateBatch batch = truth.truth();
        for (int i = 0; i < batch.size(); i++) {
          values.put(
              batch.coordinates()[i], batch.values()[i] + "/" + batch.statistics()[2 * i + 1]);
        }
      }
    }
    return values;
  }

  List<ModelRecord.Block> blocks() {
    return SideOutputs.of(harness, ShardOperator.BLOCKS);
  }

  void forgetBlocks() {
    harness.getSideOutput(ShardOperator.BLOCKS).clear();
  }

  List<ManifestPart> parts() {
    return SideOutputs.of(harness, ShardOperator.MANIFEST_PARTS);
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
