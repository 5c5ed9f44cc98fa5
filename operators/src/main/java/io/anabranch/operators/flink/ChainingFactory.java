package io.anabranch.operators.flink;

import java.io.Serializable;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes operators with one input that are chained in a certain way. An operator could say so itself
 * in Flink 1.20, and no longer in Flink 2; it must set itself up with the parameters, since {@code
 * setup} is protected there.
 */
public final class ChainingFactory<I, O> extends AbstractStreamOperatorFactory<O>
    implements OneInputStreamOperatorFactory<I, O> {
  private final Maker<I, O> maker;

  /** Makes an operator for a subtask. */
  public interface Maker<I, O> extends Serializable {
    OneInputStreamOperator<I, O> make(StreamOperatorParameters<O> parameters);
  }

  /** A factory of operators that are chained like this. */
  public ChainingFactory(ChainingStrategy chaining, Maker<I, O> maker) {
    this.maker = maker;
    setChainingStrategy(chaining);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the signature is Flink's
  public <T extends StreamOperator<O>> T createStreamOperator(
      StreamOperatorParameters<O> parameters) {
    return (T) maker.make(parameters);
  }

  @Override
  @SuppressWarnings("rawtypes") // the signature is Flink's
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return OneInputStreamOperator.class;
  }
}
