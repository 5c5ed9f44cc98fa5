package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/** The column of the weights. */
public interface HasWeightCol<T> extends WithParams<T> {
  /** The column of the weights. */
  Param<String> WEIGHT_COL = new StringParam("weightCol", "The column of the weights.", null);

  /** The column of the weights. */
  default String getWeightCol() {
    return get(WEIGHT_COL);
  }

  /** The column of the weights. */
  default T setWeightCol(String value) {
    return set(WEIGHT_COL, value);
  }
}
