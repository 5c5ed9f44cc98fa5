package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/** How batches are made. */
public interface HasBatchStrategy<T> extends WithParams<T> {
  /** How batches are made. */
  Param<String> BATCH_STRATEGY = new StringParam("batchStrategy", "How batches are made.", "count");

  /** How batches are made. */
  default String getBatchStrategy() {
    return get(BATCH_STRATEGY);
  }

  /** How batches are made. */
  default T setBatchStrategy(String value) {
    return set(BATCH_STRATEGY, value);
  }
}
