package io.anabranch.operators.shared;

import io.anabranch.models.data.Example;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.DeltaMessage;
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
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** One trainer, and the receiver's side of its channel. */
final class TrainerHarness implements AutoCloseable {
  private final OneInputStreamOperatorTestHarness<Example, PredictionRecord> harness;
  private final FeedbackChannel channel;

  TrainerHarness(long patienceMillis) throws Exception {
    this(patienceMillis, Holdout.NONE);
  }

  TrainerHarness(long patienceMillis, Holdout holdout) throws Exception {
    this(patienceMillis, ShardHarness.spec(holdout));
  }

  TrainerHarness(long patienceMillis, SharedSpec spec) throws Exception {
    this(patienceMillis, spec, 1, 0);
  }

  /** The trainer of an index among several. */
  TrainerHarness(long patienceMillis, SharedSpec spec, int trainers, int trainer) throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            TrainerOperator.factory(spec, patienceMillis), 128, trainers, trainer);
    harness.setup(RecordTypes.PREDICTION.createSerializer(new SerializerConfigImpl()));
    channel =
        FeedbackHub.open(
            new FeedbackHub.Address(
                harness.getEnvironment().getJobID().toString(), "tally", trainer, epoch()));
  }

  long epoch() {
    return Epochs.of(harness.getEnvironment());
  }

  TrainerHarness receive(WeightsMessage message) {
    channel.put(message);
    return this;
  }

  TrainerHarness restore(OperatorSubtaskState state) throws Exception {
    harness.initializeState(state);
    return openUntrained();
  }

  TrainerHarness open() throws Exception {
    harness.open();
    return this;
  }

  /** Opens with the model that the shards hold when nothing was learned. */
  TrainerHarness openUntrained() throws Exception {
    return receive(new WeightsMessage.AllSent(epoch(), 0, 1)).open();
  }

  /** Opens with a model that has learned so much that K is reached. */
  TrainerHarness openWithHistory(long examples) throws Exception {
    receive(
        new WeightsMessage.Truth(epoch(), 0, 0, examples, new long[0], new CoordinateBatch(1, 2)));
    return openUntrained();
  }

  void takeUp() throws Exception {
    harness.getTaskMailbox().take(-1).run();
  }

  void process(Example example) throws Exception {
    harness.processElement(new StreamRecord<>(example));
  }

  OperatorSubtaskState checkpoint(long id) throws Exception {
    harness.prepareSnapshotPreBarrier(id);
    return harness.snapshot(id, 1_000);
  }

  void time(long millis) throws Exception {
    harness.setProcessingTime(millis);
  }

  void endInput() throws Exception {
    harness.endInput();
  }

  List<Double> predictions() {
    return harness.extractOutputValues().stream()
        .map(record -> record.prediction().value())
        .toList();
  }

  List<Long> versions() {
    return harness.extractOutputValues().stream().map(PredictionRecord::version).toList();
  }

  List<DeltaMessage> deltas() {
    return SideOutputs.of(harness, TrainerOperator.DELTAS);
  }

  long shippedExamples() {
    return deltas().stream().mapToLong(DeltaMessage::examples).sum();
  }

  List<MetricsChunk> metrics() {
    return SideOutputs.of(harness, TrainerOperator.METRICS);
  }

  @Override
  public void close() throws Exception {
    channel.close();
    harness.close();
  }
}
