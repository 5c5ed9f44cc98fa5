package org.apache.flink.ml.classification.logisticregression;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.ml.common.param.HasFeaturesCol;
import org.apache.flink.ml.linalg.BLAS;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.Vector;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.util.ParamUtils;

/** Predicts with a logistic regression: the class, then the probabilities of both. */
public class LogisticRegressionModelServable
    implements HasFeaturesCol<LogisticRegressionModelServable> {
  private final Map<Param<?>, Object> paramMap = new HashMap<>();
  private final LogisticRegressionModelData modelData;

  LogisticRegressionModelServable(LogisticRegressionModelData modelData) {
    this.modelData = modelData;
    ParamUtils.initializeMapWithDefaultValues(paramMap, this);
  }

  Tuple2<Double, DenseVector> transform(Vector feature) {
    double probability = 1 / (1 + Math.exp(-BLAS.dot(feature, modelData.coefficient)));
    return Tuple2.of(
        probability >= 0.5 ? 1.0 : 0.0,
        new DenseVector(new double[] {1 - probability, probability}));
  }

  @Override
  public Map<Param<?>, Object> getParamMap() {
    return paramMap;
  }
}
