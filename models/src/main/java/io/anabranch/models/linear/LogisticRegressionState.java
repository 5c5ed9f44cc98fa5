package io.anabranch.models.linear;

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
}
