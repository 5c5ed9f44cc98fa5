package org.apache.flink.ml.classification.logisticregression;

import org.apache.flink.ml.linalg.DenseVector;

/** The weights of a logistic regression, and their version. */
public class LogisticRegressionModelData {
  /** The weights. */
  public DenseVector coefficient = new DenseVector(0);

  /** The version. */
  public long modelVersion;

  /** For Flink. */
  public LogisticRegressionModelData() {}

  /** Of known weights. */
  public LogisticRegressionModelData(DenseVector coefficient, long modelVersion) {
    this.coefficient = coefficient;
    this.modelVersion = modelVersion;
  }
}
