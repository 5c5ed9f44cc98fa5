package io.anabranch.flinkml;

import io.anabranch.models.learner.LearnerSettings;

/** {@code flink-ml-k-means}. */
public final class KMeansProvider extends SumsProvider {
  static final String TYPE = "flink-ml-k-means";

  /** For {@link java.util.ServiceLoader}. */
  public KMeansProvider() {
    super(TYPE, "k-means by running means (MacQueen 1967), as Flink ML's OnlineKMeans.");
  }

  @Override
  Statistic statistic(LearnerSettings settings) {
    return new KMeansSums((int) settings.number(CLUSTERS, 1), (int) settings.number(FEATURES, 1));
  }
}
