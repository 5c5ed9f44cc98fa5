package io.anabranch.models.linear;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Hyperparameter.Kind;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code type: logistic-regression}. */
public final class LogisticRegressionProvider implements LearnerProvider {
  static final String TYPE = "logistic-regression";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String description() {
    return "Logistic regression by per-coordinate FTRL-Proximal (McMahan et al. 2013), numeric"
        + " inputs standardised online.";
  }

  @Override
  public Set<Placement> placements() {
    return Set.of(Placement.SHARED, Placement.PER_KEY);
  }

  @Override
  public Set<TargetType> targets() {
    return Set.of(TargetType.BINARY);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    Hyper defaults = Hyper.DEFAULT;
    String alphas =
        number(defaults.denseAlpha())
            + " for numeric inputs and the intercept, "
            + number(defaults.sparseAlpha())
            + " for hashed ones";
    return List.of(
        hyperparameter("alpha", true, alphas, "Step size, for every kind of input."),
        hyperparameter("beta", true, number(defaults.beta()), "Damps the first steps."),
        hyperparameter("l1", false, number(defaults.l1()), "Drives small weights to exactly 0."),
        hyperparameter("l2", false, number(defaults.l2()), "Shrinks weights."));
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new LogisticRegression(settings.hashBits(), Hyper.of(settings));
  }

  @Override
  public Optional<SharedLearner> createShared(LearnerSettings settings) {
    return Optional.of(new SharedLogisticRegression(settings.hashBits(), Hyper.of(settings)));
  }

  @Override
  public Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return Optional.of(new DiscountedMerge(settings.hashBits(), Hyper.of(settings)));
  }

  /** {@inheritDoc} A replica is written as it sees the model, pending changes included. */
  @Override
  public byte[] write(Learner learner) {
    return LogisticRegressionState.write(learner);
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    return LogisticRegressionState.read(bytes, settings);
  }

  private static Hyperparameter hyperparameter(
      String name, boolean positive, String defaultText, String description) {
    return new Hyperparameter(name, Kind.NUMBER, 0, positive, Hyper.MOST, defaultText, description);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
