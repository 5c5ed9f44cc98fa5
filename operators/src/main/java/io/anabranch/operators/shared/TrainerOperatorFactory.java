package io.anabranch.operators.shared;

import io.anabranch.models.data.Example;
import io.anabranch.operators.record.PredictionRecord;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes trainers that are chained to their source. They yield to their mailbox while they wait, so
 * the source must be one of Flink's current {@code Source} interface, which runs in the mailbox.
 */
final class TrainerOperatorFactory extends AbstractStreamOperatorFactory<PredictionRecord>
    implements OneInputStreamOperatorFactory<Example, PredictionRecord> {
  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(60);

  private final SharedSpec spec;
  private final long patienceMillis;

  TrainerOperatorFactory(SharedSpec spec) {
    this(spec, PATIENCE_MILLIS);
  }

  TrainerOperatorFactory(SharedSpec spec, long patienceMillis) {
    this.spec = spec;
    this.patienceMillis = patienceMillis;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the signature is Flink's
  public <T extends StreamOperator<PredictionRecord>> T createStreamOperator(
      StreamOperatorParameters<PredictionRecord> parameters) {
    return (T) new TrainerOperator(parameters, spec, patienceMillis);
  }

  @Override
  @SuppressWarnings("rawtypes") // the signature is Flink's
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return TrainerOperator.class;
  }
}
