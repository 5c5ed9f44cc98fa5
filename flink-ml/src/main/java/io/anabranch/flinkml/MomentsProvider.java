package io.anabranch.flinkml;

import io.anabranch.models.learner.LearnerSettings;

/** {@code flink-ml-moments}. */
public final class MomentsProvider extends SumsProvider {
  static final String TYPE = "flink-ml-moments";

  /** For {@link java.util.ServiceLoader}. */
  public MomentsProvider() {
    super(TYPE, "Means and deviations of each position, as Flink ML's StandardScaler.");
  }

  @Override
  Statistic statistic(LearnerSettings settings) {
    return new MomentSums((int) settings.number(FEATURES, 1));
  }
}
