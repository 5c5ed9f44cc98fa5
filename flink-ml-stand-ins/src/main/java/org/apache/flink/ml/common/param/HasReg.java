package org.apache.flink.ml.common.param;

import org.apache.flink.ml.param.DoubleParam;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.WithParams;

/** How much is regularised. */
public interface HasReg<T> extends WithParams<T> {
  /** How much is regularised. */
  Param<Double> REG = new DoubleParam("reg", "How much is regularised.", 0.0);

  /** How much is regularised. */
  default double getReg() {
    return get(REG);
  }

  /** How much is regularised. */
  default T setReg(Double value) {
    return set(REG, value);
  }
}
