package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.IntParam;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.WithParams;

/** The size of a batch of all subtasks together. */
public interface HasGlobalBatchSize<T> extends WithParams<T> {
  /** The size of a batch of all subtasks together. */
  Param<Integer> GLOBAL_BATCH_SIZE =
      new IntParam("globalBatchSize", "The size of a batch of all subtasks together.", 32);

  /** The size of a batch of all subtasks together. */
  default int getGlobalBatchSize() {
    return get(GLOBAL_BATCH_SIZE);
  }

  /** The size of a batch of all subtasks together. */
  default T setGlobalBatchSize(Integer value) {
    return set(GLOBAL_BATCH_SIZE, value);
  }
}
