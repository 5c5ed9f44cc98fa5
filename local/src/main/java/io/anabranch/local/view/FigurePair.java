package io.anabranch.local.view;

import io.anabranch.local.output.MetricsLine;
import java.util.Optional;

/**
 * The two figures that say most about a learner: accuracy and log loss of classifiers, mean
 * absolute error and R² of regressors.
 */
record FigurePair(String first, String firstTitle, String second, String secondTitle) {
  private static final FigurePair CLASSIFIER =
      new FigurePair("accuracy", "accuracy", "logLoss", "log loss");
  private static final FigurePair REGRESSOR = new FigurePair("mae", "MAE", "r2", "R2");

  static FigurePair of(Status status) {
    return status.learners().stream()
            .flatMap(learner -> learner.cumulative().stream())
            .anyMatch(line -> line.figure("mae").isPresent())
        ? REGRESSOR
        : CLASSIFIER;
  }

  String first(Optional<MetricsLine> line) {
    return Figures.figure(first, line.flatMap(l -> l.figure(first)));
  }

  String second(Optional<MetricsLine> line) {
    return Figures.figure(second, line.flatMap(l -> l.figure(second)));
  }
}
