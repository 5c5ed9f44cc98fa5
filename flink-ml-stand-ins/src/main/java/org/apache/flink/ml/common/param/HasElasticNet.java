package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.DoubleParam;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.WithParams;

/** How much of it is L1. */
public interface HasElasticNet<T> extends WithParams<T> {
  /** How much of it is L1. */
  Param<Double> ELASTIC_NET = new DoubleParam("elasticNet", "How much of it is L1.", 0.0);

  /** How much of it is L1. */
  default double getElasticNet() {
    return get(ELASTIC_NET);
  }

  /** How much of it is L1. */
  default T setElasticNet(Double value) {
    return set(ELASTIC_NET, value);
  }
}
