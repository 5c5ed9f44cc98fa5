package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/** The column that is written. */
public interface HasOutputCol<T> extends WithParams<T> {
  /** The column that is written. */
  Param<String> OUTPUT_COL = new StringParam("outputCol", "The column that is written.", "output");

  /** The column that is written. */
  default String getOutputCol() {
    return get(OUTPUT_COL);
  }

  /** The column that is written. */
  default T setOutputCol(String value) {
    return set(OUTPUT_COL, value);
  }
}
