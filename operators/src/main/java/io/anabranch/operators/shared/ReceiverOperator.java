package io.anabranch.operators.shared;

import io.anabranch.operators.exchange.FeedbackChannel;
import io.anabranch.operators.exchange.FeedbackHub;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.ChainingFactory;
import io.anabranch.operators.flink.Epochs;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Brings weights to the trainer of the same index, and to those whose keys start from the model;
 * they are in the same JVM.
 */
final class ReceiverOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<WeightsMessage, Void> {

  // -- configuration
  private final String learner;
  private final List<String> followers;

  // -- runtime
  private transient List<FeedbackChannel> channels;
  private transient long epoch;
  private transient Counter weightsOfOlderEpochs;

  /** Never chained: whoever comes before it must not stand in the way of fresh weights. */
  static ChainingFactory<WeightsMessage, Void> factory(String learner, List<String> followers) {
    return new ChainingFactory<>(
        ChainingStrategy.NEVER, parameters -> new ReceiverOperator(parameters, learner, followers));
  }

  @SuppressWarnings("NullAway.Init") // the runtime fields are set in open()
  private ReceiverOperator(
      StreamOperatorParameters<Void> parameters, String learner, List<String> followers) {
    this.learner = learner;
    this.followers = followers;
    setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
  }

  @Override
  public void open() throws Exception {
    super.open();
    Environment environment = getContainingTask().getEnvironment();
    epoch = Epochs.of(environment);
    weightsOfOlderEpochs =
        Metered.learner(getMetricGroup(), learner).counter(LearningMetric.WEIGHTS_OF_OLDER_EPOCHS);
    List<String> names = new ArrayList<>(List.of(learner));
    followers.forEach(follower -> names.add(PriorSpec.channel(learner, follower)));
    channels = new ArrayList<>();
    for (String name : names) {
      channels.add(
          FeedbackHub.open(
              new FeedbackHub.Address(
                  environment.getJobID().toString(),
                  name,
                  environment.getTaskInfo().getIndexOfThisSubtask(),
                  epoch)));
    }
  }

  @Override
  public void processElement(StreamRecord<WeightsMessage> element) {
    if (element.getValue().epoch() == epoch) {
      for (FeedbackChannel channel : channels) {
        channel.put(element.getValue());
      }
    } else {
      // Out of an unaligned checkpoint's channel state; the shards have published anew since.
      weightsOfOlderEpochs.inc();
    }
  }

  @Override
  public void close() throws Exception {
    if (channels != null) {
      channels.forEach(FeedbackChannel::close);
    }
    super.close();
  }
}
