package io.anabranch.models.linear;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.learner.SharedLearner;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code type: softmax-regression}. */
public final class SoftmaxRegressionProvider implements LearnerProvider {
  static final String TYPE = "softmax-regression";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String description() {
    return "Softmax regression (multinomial logistic regression) by per-coordinate FTRL-Proximal, numeric"
        + " inputs standardised online.";
  }

  @Override
  public Set<Placement> placements() {
    return Set.of(Placement.PER_KEY);
  }

  @Override
  public Set<TargetType> targets() {
    return Set.of(TargetType.MULTICLASS);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return StepHyperparameters.of(SoftmaxRegression.DEFAULT);
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new SoftmaxRegression(settings);
  }

  @Override
  public Optional<SharedLearner> createShared(LearnerSettings settings) {
    return Optional.empty();
  }

  @Override
  public Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return Optional.empty();
  }

  @Override
  public byte[] write(Learner learner) {
    if (learner instanceof SoftmaxRegression model) {
      return SoftmaxFormat.write(model);
    }
    throw new IllegalArgumentException(
        "learner must be a softmax regression, got " + learner.getClass().getName());
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    return SoftmaxFormat.read(bytes, settings);
  }
}
