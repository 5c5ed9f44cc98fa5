package io.anabranch.models.linear;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Hyperparameter.Kind;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.linear.LinearRegression.Hyper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code type: linear-regression}. */
public final class LinearRegressionProvider implements LearnerProvider {
  static final String TYPE = "linear-regression";
  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Linear regression by implicit per-coordinate FTRL-Proximal steps, target and numeric"
              + " inputs standardised online; squared, absolute or Huber loss.",
          Set.of(Placement.SHARED, Placement.PER_KEY),
          Set.of(TargetType.NUMERIC));

  @Override
  public LearnerType about() {
    return ABOUT;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    List<Hyperparameter> all = new ArrayList<>(StepHyperparameters.of(Hyper.DEFAULT.steps()));
    all.add(Hyperparameter.choice("loss", Hyper.LOSSES, "What an error costs."));
    all.add(
        new Hyperparameter(
            "delta",
            Kind.NUMBER,
            0,
            true,
            RegressionLoss.Huber.FAR,
            Double.toString(Hyper.DEFAULT.delta()),
            "huber: the error from which on its cost grows linearly, in standard deviations of the"
                + " target."));
    return List.copyOf(all);
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new LinearRegression(settings.hashBits(), Hyper.of(settings));
  }

  @Override
  public boolean knowsByCoordinate() {
    return true;
  }

  @Override
  public Optional<SharedLearner> createShared(LearnerSettings settings) {
    return Optional.of(new SharedLinearRegression(settings.hashBits(), Hyper.of(settings)));
  }

  @Override
  public Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return Optional.of(new DiscountedMerge(settings.hashBits(), Hyper.of(settings).steps()));
  }

  @Override
  public Optional<Learner> startFrom(Learner shared, LearnerSettings settings) {
    LinearState known =
        shared instanceof SharedLinearRegression replica
            ? replica.state()
            : ABOUT.expect(LinearRegression.class, shared).state();
    Hyper hyper = Hyper.of(settings);
    LinearState state = known.prior(hyper.steps(), shared.examples());
    return Optional.of(new LinearRegression(state, hyper, 0));
  }

  /** {@inheritDoc} A replica is written as it sees the model, pending changes included. */
  @Override
  public byte[] write(Learner learner) {
    if (learner instanceof SharedLinearRegression replica) {
      return LinearModelFormat.write(TYPE, replica.state(), replica.examples());
    }
    LinearRegression model = ABOUT.expect(LinearRegression.class, learner);
    return LinearModelFormat.write(TYPE, model.state(), model.examples());
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    Hyper hyper = Hyper.of(settings);
    LinearModelFormat.Stored stored =
        LinearModelFormat.read(TYPE, bytes, settings.hashBits(), hyper.steps());
    return new LinearRegression(stored.state(), hyper, stored.examples());
  }
}
