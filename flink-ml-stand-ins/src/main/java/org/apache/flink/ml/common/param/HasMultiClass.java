package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.param.WithParams;

/** The kind of classification. */
public interface HasMultiClass<T> extends WithParams<T> {
  /** The kind of classification. */
  Param<String> MULTI_CLASS = new StringParam("multiClass", "The kind of classification.", "auto");

  /** The kind of classification. */
  default String getMultiClass() {
    return get(MULTI_CLASS);
  }

  /** The kind of classification. */
  default T setMultiClass(String value) {
    return set(MULTI_CLASS, value);
  }
}
