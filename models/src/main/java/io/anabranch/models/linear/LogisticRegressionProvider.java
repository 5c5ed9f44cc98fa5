package io.anabranch.models.linear;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Hyperparameter.Kind;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code type: logistic-regression}. */
public final class LogisticRegressionProvider implements LearnerProvider {
  static final String TYPE = "logistic-regression";
  static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Logistic regression by per-coordinate FTRL-Proximal (McMahan et al. 2013), numeric"
              + " inputs standardised online.",
          Set.of(Placement.SHARED, Placement.PER_KEY),
          Set.of(TargetType.BINARY));

  @Override
  public LearnerType about() {
    return ABOUT;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    List<Hyperparameter> all = new ArrayList<>(StepHyperparameters.of(Hyper.DEFAULT));
    all.add(
        new Hyperparameter(
            "intercept",
            Kind.BOOLEAN,
            Double.NEGATIVE_INFINITY,
            false,
            Double.POSITIVE_INFINITY,
            Boolean.toString(Hyper.DEFAULT.intercept()),
            "Whether there is a weight that every example has."));
    return List.copyOf(all);
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new LogisticRegression(settings.hashBits(), Hyper.of(settings));
  }

  @Override
  public boolean knowsByCoordinate() {
    return true;
  }

  @Override
  public Optional<SharedLearner> createShared(LearnerSettings settings) {
    return Optional.of(new SharedLogisticRegression(settings.hashBits(), Hyper.of(settings)));
  }

  @Override
  public Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return Optional.of(new DiscountedMerge(settings.hashBits(), Hyper.of(settings)));
  }

  @Override
  public Optional<CoordinateBatch> delta(Learner learner) {
    return learner instanceof LogisticRegression model
        ? Optional.of(LogisticRegressionState.delta(model))
        : Optional.empty();
  }

  @Override
  public Optional<Learner> startFrom(Learner shared, LearnerSettings settings) {
    return Optional.of(LogisticRegressionState.startFrom(shared, Hyper.of(settings)));
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
}
