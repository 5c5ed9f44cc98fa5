package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.DoubleParam;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.WithParams;

/** The size of a step. */
public interface HasLearningRate<T> extends WithParams<T> {
  /** The size of a step. */
  Param<Double> LEARNING_RATE = new DoubleParam("learningRate", "The size of a step.", 0.1);

  /** The size of a step. */
  default double getLearningRate() {
    return get(LEARNING_RATE);
  }

  /** The size of a step. */
  default T setLearningRate(Double value) {
    return set(LEARNING_RATE, value);
  }
}
