package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/** The column that the version of the model goes to. */
public interface HasModelVersionCol<T> extends WithParams<T> {
  /** The column that the version of the model goes to. */
  Param<String> MODEL_VERSION_COL =
      new StringParam("modelVersionCol", "The column that the version of the model goes to.", null);

  /** The column that the version of the model goes to. */
  default String getModelVersionCol() {
    return get(MODEL_VERSION_COL);
  }

  /** The column that the version of the model goes to. */
  default T setModelVersionCol(String value) {
    return set(MODEL_VERSION_COL, value);
  }
}
