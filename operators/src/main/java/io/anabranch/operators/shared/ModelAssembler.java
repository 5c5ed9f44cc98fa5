package io.anabranch.operators.shared;

import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.ChainingFactory;
import io.anabranch.operators.flink.Epochs;
import io.anabranch.operators.record.ModelRecord;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts the weights that shards publish together to whole models. Like a trainer's replica it is a
 * cache without state: after a restart the shards publish everything again.
 */
final class ModelAssembler extends AbstractStreamOperator<ModelRecord.Block>
    implements OneInputStreamOperator<WeightsMessage, ModelRecord.Block>, BoundedOneInput {
  /** The name of a block that is a whole model. */
  static final String BLOCK = "model";

  // -- configuration
  private final SharedSpec spec;
  private final long everyMillis;

  // -- runtime
  private transient SharedLearner replica;
  private transient LearnerProvider provider;
  private transient long epoch;
  private transient BitSet allSent;
  private transient boolean complete;
  private transient boolean news;
  private transient long[] versions;
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
    replica = spec.replica(getUserCodeClassloader());
    versions = new long[replica.shape().shards()];
    allSent = new BitSet();
    emission = new RepeatedTimer(getProcessingTimeService(), everyMillis, this::emit);
  }

  @Override
  public void processElement(StreamRecord<WeightsMessage> element) {
    WeightsMessage message = element.getValue();
    if (message.epoch() != epoch) {
      return; // out of a checkpoint's channel state; the shards have published anew since
    }
    if (message instanceof WeightsMessage.AllSent marker) {
      allSent.set(marker.sender());
      complete = allSent.cardinality() == marker.senders();
    } else if (message instanceof WeightsMessage.Truth truth) {
      take(truth);
    }
  }

  private void take(WeightsMessage.Truth truth) {
    if (!truth.truth().isEmpty()) {
      replica.overwrite(truth.truth());
      news = true;
    }
    if (truth.shard() == DeltaMessage.COUNTING_SHARD) {
      news |= replica.examples() != truth.examples();
      replica.examples(truth.examples());
    }
    versions[truth.shard()] = truth.version();
  }

  private void emit() {
    if (complete && news) {
      long version = Arrays.stream(versions).min().orElse(0);
      byte[] bytes = provider.write(replica);
      output.collect(
          new StreamRecord<>(new ModelRecord.Block(spec.learner(), BLOCK, version, bytes)));
      news = false;
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
