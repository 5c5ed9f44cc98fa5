package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/** The column that predictions go to. */
public interface HasPredictionCol<T> extends WithParams<T> {
  /** The column that predictions go to. */
  Param<String> PREDICTION_COL =
      new StringParam("predictionCol", "The column that predictions go to.", "prediction");

  /** The column that predictions go to. */
  default String getPredictionCol() {
    return get(PREDICTION_COL);
  }

  /** The column that predictions go to. */
  default T setPredictionCol(String value) {
    return set(PREDICTION_COL, value);
  }
}
