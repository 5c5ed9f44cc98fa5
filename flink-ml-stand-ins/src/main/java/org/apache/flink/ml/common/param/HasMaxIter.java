package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.IntParam;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.WithParams;

/** The greatest number of iterations. */
public interface HasMaxIter<T> extends WithParams<T> {
  /** The greatest number of iterations. */
  Param<Integer> MAX_ITER = new IntParam("maxIter", "The greatest number of iterations.", 20);

  /** The greatest number of iterations. */
  default int getMaxIter() {
    return get(MAX_ITER);
  }

  /** The greatest number of iterations. */
  default T setMaxIter(Integer value) {
    return set(MAX_ITER, value);
  }
}
