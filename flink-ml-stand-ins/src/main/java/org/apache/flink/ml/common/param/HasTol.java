package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.DoubleParam;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.WithParams;

/** From which improvement on iterations go on. */
public interface HasTol<T> extends WithParams<T> {
  /** From which improvement on iterations go on. */
  Param<Double> TOL = new DoubleParam("tol", "From which improvement on iterations go on.", 1e-6);

  /** From which improvement on iterations go on. */
  default double getTol() {
    return get(TOL);
  }

  /** From which improvement on iterations go on. */
  default T setTol(Double value) {
    return set(TOL, value);
  }
}
