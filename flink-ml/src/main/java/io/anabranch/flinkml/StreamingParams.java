package io.anabranch.flinkml;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.ml.param.IntParam;
import org.apache.flink.ml.param.LongParam;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.ParamValidators;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/**
 * What all estimators here have beside Flink ML's own parameters.
 *
 * @param <T> the estimator
 */
@PublicEvolving
public interface StreamingParams<T> extends WithParams<T> {

  /** The size of the vectors. */
  Param<Integer> NUM_FEATURES =
      new IntParam(
          "numFeatures",
          "The size of the feature vectors; 0 when the initial model data say it.",
          0,
          ParamValidators.inRange(0, 1 << 24));

  /** How often changed model data are emitted. */
  Param<Long> MODEL_INTERVAL_MS =
      new LongParam(
          "modelIntervalMs",
          "How often changed model data are emitted, in milliseconds.",
          20L,
          ParamValidators.gt(0));

  /** What the operators and their state are called. */
  Param<String> NAME =
      new StringParam(
          "name",
          "What operators and state are called, unique in the job; by default the algorithm.",
          "");

  /** The size of the vectors. */
  default int getNumFeatures() {
    return get(NUM_FEATURES);
  }

  /** Sets the size of the vectors. */
  default T setNumFeatures(int value) {
    return set(NUM_FEATURES, value);
  }

  /** How often changed model data are emitted, in milliseconds. */
  default long getModelIntervalMs() {
    return get(MODEL_INTERVAL_MS);
  }

  /** Sets how often changed model data are emitted, in milliseconds. */
  default T setModelIntervalMs(long value) {
    return set(MODEL_INTERVAL_MS, value);
  }

  /** What the operators and their state are called; "" = by the algorithm. */
  default String getName() {
    return get(NAME);
  }

  /** Sets what the operators and their state are called. */
  default T setName(String value) {
    return set(NAME, value);
  }
}
