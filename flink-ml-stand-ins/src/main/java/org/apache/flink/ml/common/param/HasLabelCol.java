package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/** The column of the labels. */
public interface HasLabelCol<T> extends WithParams<T> {
  /** The column of the labels. */
  Param<String> LABEL_COL = new StringParam("labelCol", "The column of the labels.", "label");

  /** The column of the labels. */
  default String getLabelCol() {
    return get(LABEL_COL);
  }

  /** The column of the labels. */
  default T setLabelCol(String value) {
    return set(LABEL_COL, value);
  }
}
