package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.DoubleParam;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.WithParams;

/** How much of what was learned before is kept. */
public interface HasDecayFactor<T> extends WithParams<T> {
  /** How much of what was learned before is kept. */
  Param<Double> DECAY_FACTOR =
      new DoubleParam("decayFactor", "How much of what was learned before is kept.", 0.0);

  /** How much of what was learned before is kept. */
  default double getDecayFactor() {
    return get(DECAY_FACTOR);
  }

  /** How much of what was learned before is kept. */
  default T setDecayFactor(Double value) {
    return set(DECAY_FACTOR, value);
  }
}
