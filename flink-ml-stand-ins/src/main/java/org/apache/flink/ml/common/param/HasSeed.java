package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.LongParam;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.WithParams;

/** The seed of all randomness. */
public interface HasSeed<T> extends WithParams<T> {
  /** The seed of all randomness. */
  Param<Long> SEED = new LongParam("seed", "The seed of all randomness.", null);

  /** The seed of all randomness. */
  default long getSeed() {
    Long seed = get(SEED);
    return seed == null ? getClass().getName().hashCode() : seed;
  }

  /** The seed of all randomness. */
  default T setSeed(Long value) {
    return set(SEED, value);
  }
}
