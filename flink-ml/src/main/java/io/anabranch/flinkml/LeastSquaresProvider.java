package io.anabranch.flinkml;

import io.anabranch.models.learner.LearnerSettings;

/** {@code flink-ml-least-squares}. */
public final class LeastSquaresProvider extends SumsProvider {
  static final String TYPE = "flink-ml-least-squares";

  /** For {@link java.util.ServiceLoader}. */
  public LeastSquaresProvider() {
    super(TYPE, "Linear regression by its normal equations, exact at any time.");
  }

  @Override
  Statistic statistic(LearnerSettings settings) {
    return new LeastSquaresSums((int) settings.number(FEATURES, 1));
  }
}
