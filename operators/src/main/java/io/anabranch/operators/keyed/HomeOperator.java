package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.AdditiveLearner;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.Epochs;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.shared.BackwardEdge;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Where the models of keys that may be split are at home: predicts and learns the records that come
 * to it, adds what helpers have learned, and sends them the models of the keys that they help with.
 * Its state is that of {@link PerKeyOperator}.
 */
final class HomeOperator extends PerKeyOperator
    implements TwoInputStreamOperator<Example, KeyDelta, PredictionRecord> {
  static final OutputTag<WeightsMessage> TRUTHS = new OutputTag<>("truths", BackwardEdge.MESSAGE);

  // -- configuration

  private final PerKeySpec spec;

  // -- runtime

  private transient LearnerProvider provider;
  private transient KeyPublications publications;

  /**
   * The first of its chain: records and deltas come to it by their keys.
   *
   * @param checkpointMillis what is configured to be between two checkpoints, 0 for none
   */
  static Factory of(PerKeySpec spec, long checkpointMillis) {
    return new Factory(spec, checkpointMillis);
  }

  /** Makes it: Flink has factories of operators with one input and with two, and none for both. */
  static final class Factory extends AbstractStreamOperatorFactory<PredictionRecord>
      implements TwoInputStreamOperatorFactory<Example, KeyDelta, PredictionRecord> {
    private final PerKeySpec spec;
    private final long checkpointMillis;

    private Factory(PerKeySpec spec, long checkpointMillis) {
      this.spec = spec;
      this.checkpointMillis = checkpointMillis;
      setChainingStrategy(ChainingStrategy.HEAD);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the signature is Flink's
    public <T extends StreamOperator<PredictionRecord>> T createStreamOperator(
        StreamOperatorParameters<PredictionRecord> parameters) {
      return (T) new HomeOperator(parameters, spec, checkpointMillis);
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Flink's
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
      return HomeOperator.class;
    }
  }

  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  private HomeOperator(
      StreamOperatorParameters<PredictionRecord> parameters,
      PerKeySpec spec,
      long checkpointMillis) {
    super(parameters, spec, checkpointMillis);
    this.spec = spec;
  }

  @Override
  public void open() throws Exception {
    super.open();
    provider = new LearnerRegistry(getUserCodeClassloader()).require(spec.learner(), spec.type());
    publications = new KeyPublications(Epochs.of(getContainingTask().getEnvironment()));
  }

  @Override
  public void processElement1(StreamRecord<Example> element) throws Exception {
    processElement(element);
  }

  @Override
  public void processElement2(StreamRecord<KeyDelta> element) throws Exception {
    KeyDelta delta = element.getValue();
    ModelCache.Entry<String, KeyedModel> entry = see(delta.key());
    KeyedModel model = entry.value();
    if (delta.examples() > 0) {
      AdditiveLearner sums = (AdditiveLearner) learning(model);
      sums.add(provider.read(delta.model(), spec.settings()));
      learned(delta.key(), entry, delta.examples());
    }
    long now = getProcessingTimeService().getCurrentProcessingTime();
    Learner truth = predicting(model);
    if (publications.include(delta, truth.examples(), now)) {
      output.collect(
          TRUTHS,
          new StreamRecord<>(
              publications.send(
                  delta.key(), model.life().base(), truth.examples(), provider.write(truth), now)));
    }
  }
}
