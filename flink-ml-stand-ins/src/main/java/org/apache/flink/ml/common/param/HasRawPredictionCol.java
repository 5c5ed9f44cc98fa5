package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/** The column that raw predictions go to. */
public interface HasRawPredictionCol<T> extends WithParams<T> {
  /** The column that raw predictions go to. */
  Param<String> RAW_PREDICTION_COL =
      new StringParam(
          "rawPredictionCol", "The column that raw predictions go to.", "rawPrediction");

  /** The column that raw predictions go to. */
  default String getRawPredictionCol() {
    return get(RAW_PREDICTION_COL);
  }

  /** The column that raw predictions go to. */
  default T setRawPredictionCol(String value) {
    return set(RAW_PREDICTION_COL, value);
  }
}
