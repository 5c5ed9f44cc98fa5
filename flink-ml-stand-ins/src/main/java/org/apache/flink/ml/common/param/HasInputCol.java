package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/** The column that is read. */
public interface HasInputCol<T> extends WithParams<T> {
  /** The column that is read. */
  Param<String> INPUT_COL = new StringParam("inputCol", "The column that is read.", "input");

  /** The column that is read. */
  default String getInputCol() {
    return get(INPUT_COL);
  }

  /** The column that is read. */
  default T setInputCol(String value) {
    return set(INPUT_COL, value);
  }
}
