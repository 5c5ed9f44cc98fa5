package io.anabranch.models.linear;

import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Hyperparameter.Kind;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.List;

/** What can be set of the step that all linear learners take. */
final class StepHyperparameters {
  private StepHyperparameters() {}

  static List<Hyperparameter> of(Hyper defaults) {
    String alphas =
        defaults.denseAlpha() == defaults.sparseAlpha()
            ? number(defaults.denseAlpha())
            : number(defaults.denseAlpha())
                + " for numeric inputs and the intercept, "
                + number(defaults.sparseAlpha())
                + " for hashed ones";
    return List.of(
        hyperparameter("alpha", true, alphas, "Step size, for every kind of input."),
        hyperparameter("beta", true, number(defaults.beta()), "Damps the first steps."),
        hyperparameter("l1", false, number(defaults.l1()), "Drives small weights to exactly 0."),
        hyperparameter("l2", false, number(defaults.l2()), "Shrinks weights."));
  }

  private static Hyperparameter hyperparameter(
      String name, boolean positive, String defaultText, String description) {
    return new Hyperparameter(name, Kind.NUMBER, 0, positive, Hyper.MOST, defaultText, description);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
