package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/** The distance: euclidean, manhattan or cosine. */
public interface HasDistanceMeasure<T> extends WithParams<T> {
  /** The distance: euclidean, manhattan or cosine. */
  Param<String> DISTANCE_MEASURE =
      new StringParam(
          "distanceMeasure", "The distance: euclidean, manhattan or cosine.", "euclidean");

  /** The distance: euclidean, manhattan or cosine. */
  default String getDistanceMeasure() {
    return get(DISTANCE_MEASURE);
  }

  /** The distance: euclidean, manhattan or cosine. */
  default T setDistanceMeasure(String value) {
    return set(DISTANCE_MEASURE, value);
  }
}
