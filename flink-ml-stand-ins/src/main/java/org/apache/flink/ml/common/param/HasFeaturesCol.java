package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/** The column of the feature vectors. */
public interface HasFeaturesCol<T> extends WithParams<T> {
  /** The column of the feature vectors. */
  Param<String> FEATURES_COL =
      new StringParam("featuresCol", "The column of the feature vectors.", "features");

  /** The column of the feature vectors. */
  default String getFeaturesCol() {
    return get(FEATURES_COL);
  }

  /** The column of the feature vectors. */
  default T setFeaturesCol(String value) {
    return set(FEATURES_COL, value);
  }
}
