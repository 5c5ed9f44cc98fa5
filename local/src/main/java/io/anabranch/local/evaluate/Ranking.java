package io.anabranch.local.evaluate;

import io.anabranch.models.data.TargetType;
import java.util.Comparator;
import java.util.List;

/**
 * By which figure learners are compared.
 *
 * @param figure its name
 * @param title what it is called
 * @param greaterIsBetter whether the greatest is the best
 */
record Ranking(String figure, String title, boolean greaterIsBetter) {
  /** Accuracy of classes; the mean absolute error of numbers. */
  static Ranking of(TargetType target) {
    return switch (target) {
      case BINARY, MULTICLASS -> new Ranking("accuracy", "accuracy", true);
      case NUMERIC -> new Ranking("mae", "mean absolute error", false);
      case NONE ->
          throw new IllegalArgumentException("there is nothing to be scored without a target");
    };
  }

  /** The best first; one without the figure comes last. */
  List<LearnerFigures> sorted(List<LearnerFigures> learners) {
    return learners.stream().sorted(Comparator.comparingDouble(this::cost)).toList();
  }

  /** Less is better; of an undefined figure it is infinite. */
  double cost(LearnerFigures learner) {
    return learner
        .figure(figure)
        .map(value -> greaterIsBetter ? -value : value)
        .orElse(Double.POSITIVE_INFINITY);
  }
}
