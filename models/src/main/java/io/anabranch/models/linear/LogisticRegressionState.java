package io.anabranch.models.linear;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.linear.LogisticRegression.Hyper;

/** The serialized state of a logistic regression: {@link LinearModelFormat}. */
final class LogisticRegressionState {

  private LogisticRegressionState() {}

  static byte[] write(Learner learner) {
    if (learner instanceof SharedLogisticRegression replica) {
      return write(replica.state(), replica.examples());
    }
    LogisticRegression model =
        LogisticRegressionProvider.ABOUT.expect(LogisticRegression.class, learner);
    return write(model.state(), model.examples());
  }

  private static byte[] write(LinearState state, long examples) {
    return LinearModelFormat.write(LogisticRegressionProvider.TYPE, state, examples);
  }

  static LogisticRegression read(byte[] bytes, LearnerSettings settings) {
    LinearModelFormat.Stored stored =
        LinearModelFormat.read(
            LogisticRegressionProvider.TYPE, bytes, settings.hashBits(), Hyper.of(settings));
    return new LogisticRegression(stored.state(), stored.examples());
  }

  static LogisticRegression startFrom(Learner shared, Hyper hyper) {
    LinearState known =
        shared instanceof SharedLogisticRegression replica
            ? replica.state()
            : LogisticRegressionProvider.ABOUT.expect(LogisticRegression.class, shared).state();
    return new LogisticRegression(known.prior(hyper, shared.examples()), 0);
  }

  /** All of a model as what a trainer would ship that had learned it alone. */
  static CoordinateBatch delta(LogisticRegression model) {
    LinearState state = model.state();
    ExchangeShape shape = DiscountedMerge.shape(state.hashBits);
    int[] coordinates = state.weights.coordinates();
    float[] u = state.floats(coordinates, CoordinateTable.U);
    float[] n = state.floats(coordinates, CoordinateTable.N);
    StatisticTable statistics = state.scaling.mergeable();
    CoordinateBatch delta =
        new CoordinateBatch(
            shape.deltaWidth(), shape.statisticsWidth(), u.length, statistics.size());
    for (int i = 0; i < u.length; i++) {
      int at = delta.add(coordinates[i]);
      delta.values()[at] = u[i];
      delta.values()[at + 1] = n[i];
    }
    for (int coordinate : statistics.coordinates()) {
      int to = delta.addStatistics(coordinate);
      System.arraycopy(
          statistics.values(),
          statistics.find(coordinate),
          delta.statistics(),
          to,
          InputScaling.WIDTH);
    }
    return delta;
  }
}
