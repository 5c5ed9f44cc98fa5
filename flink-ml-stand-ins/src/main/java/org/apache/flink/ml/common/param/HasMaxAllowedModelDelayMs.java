package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.LongParam;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.WithParams;

/** How much older than a row the model may be, in milliseconds. */
public interface HasMaxAllowedModelDelayMs<T> extends WithParams<T> {
  /** How much older than a row the model may be, in milliseconds. */
  Param<Long> MAX_ALLOWED_MODEL_DELAY_MS =
      new LongParam(
          "maxAllowedModelDelayMs",
          "How much older than a row the model may be, in milliseconds.",
          0L);

  /** How much older than a row the model may be, in milliseconds. */
  default long getMaxAllowedModelDelayMs() {
    return get(MAX_ALLOWED_MODEL_DELAY_MS);
  }

  /** How much older than a row the model may be, in milliseconds. */
  default T setMaxAllowedModelDelayMs(long value) {
    return set(MAX_ALLOWED_MODEL_DELAY_MS, value);
  }
}
