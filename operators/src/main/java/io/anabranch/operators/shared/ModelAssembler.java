package io.anabranch.operators.shared;

import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.ChainingFactory;
import io.anabranch.operators.flink.Epochs;
import io.anabranch.operators.record.ModelRecord;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts the weights that shards publish together to whole models. It has no state: see {@link
 * AssembledModel}.
 */
final class ModelAssembler extends AbstractStreamOperator<ModelRecord.Block>
    implements OneInputStreamOperator<WeightsMessage, ModelRecord.Block>, BoundedOneInput {
  /** The name of a block that is a whole model. */
  static final String BLOCK = "model";

  // -- configuration
  private final SharedSpec spec;
  private final long everyMillis;

  // -- runtime
  private transient AssembledModel model;
  private transient LearnerProvider provider;
  private transient long epoch;
  private transient @Nullable RepeatedTimer emission;

  /** The first of its chain: writing a model takes time that the shards do not have. */
  static ChainingFactory<WeightsMessage, ModelRecord.Block> factory(
      SharedSpec spec, long everyMillis) {
    if (everyMillis < 1) {
      throw new IllegalArgumentException("models must be >= 1 ms apart, got " + everyMillis);
    }
    return new ChainingFactory<>(
        ChainingStrategy.HEAD, parameters -> new ModelAssembler(parameters, spec, everyMillis));
  }

  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  private ModelAssembler(
      StreamOperatorParameters<ModelRecord.Block> parameters, SharedSpec spec, long everyMillis) {
    this.spec = spec;
    this.everyMillis = everyMillis;
    setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    processingTimeService = parameters.getProcessingTimeService();
  }

  @Override
  public void open() throws Exception {
    super.open();
    epoch = Epochs.of(getContainingTask().getEnvironment());
    provider = spec.provider(getUserCodeClassloader());
    model = new AssembledModel(spec.replica(getUserCodeClassloader()));
    emission = new RepeatedTimer(getProcessingTimeService(), everyMillis, this::emit);
  }

  @Override
  public void processElement(StreamRecord<WeightsMessage> element) {
    WeightsMessage message = element.getValue();
    if (message.epoch() == epoch) { // others come out of a checkpoint's channel state
      model.take(message);
    }
  }

  private void emit() {
    if (model.complete() && model.takeNews()) {
      byte[] bytes = provider.write(model.replica());
      output.collect(
          new StreamRecord<>(new ModelRecord.Block(spec.learner(), BLOCK, model.version(), bytes)));
    }
  }

  @Override
  public void endInput() {
    emit();
    if (emission != null) {
      emission.stop();
    }
  }
}
