package io.anabranch.models.linear;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.format.BlockState;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.learner.SharedLearner;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code type: softmax-regression}. */
public final class SoftmaxRegressionProvider implements LearnerProvider {
  static final String TYPE = "softmax-regression";
  private static final int MOST_CLASSES = BlockState.MOST_WIDTH / 2;
  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Softmax regression (multinomial logistic regression) by per-coordinate FTRL-Proximal, numeric"
              + " inputs standardised online.",
          Set.of(Placement.SHARED, Placement.PER_KEY),
          Set.of(TargetType.MULTICLASS));

  @Override
  public LearnerType about() {
    return ABOUT;
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
  public Optional<String> whyNotShared(LearnerSettings settings) {
    int classes = settings.target().classes().size();
    if (classes == 0) {
      return Optional.of(
          "without target.classes: trainers would number the classes in the order in which each"
              + " meets them; list them, or take placement: per-key");
    }
    return classes > MOST_CLASSES
        ? Optional.of("with more than %d classes, got %d".formatted(MOST_CLASSES, classes))
        : Optional.empty();
  }

  @Override
  public boolean knowsByCoordinate() {
    return true;
  }

  @Override
  public Optional<SharedLearner> createShared(LearnerSettings settings) {
    return whyNotShared(settings).isPresent()
        ? Optional.empty()
        : Optional.of(new SharedSoftmaxRegression(settings));
  }

  @Override
  public Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return whyNotShared(settings).isPresent()
        ? Optional.empty()
        : Optional.of(
            new DiscountedClassMerge(
                settings.hashBits(),
                SoftmaxRegression.hyper(settings),
                settings.target().classes().size()));
  }

  /** {@inheritDoc} A replica is written as it sees the model, pending changes included. */
  @Override
  public byte[] write(Learner learner) {
    return MulticlassFormat.write(
        learner instanceof SharedSoftmaxRegression replica
            ? replica.model()
            : ABOUT.expect(SoftmaxRegression.class, learner));
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    return MulticlassFormat.read(bytes, settings);
  }
}
