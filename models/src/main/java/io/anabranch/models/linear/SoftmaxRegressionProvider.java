package io.anabranch.models.linear;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import java.util.List;
import java.util.Set;

/** {@code type: softmax-regression}. */
public final class SoftmaxRegressionProvider implements LearnerProvider {
  static final String TYPE = "softmax-regression";
  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Softmax regression (multinomial logistic regression) by per-coordinate FTRL-Proximal, numeric"
              + " inputs standardised online.",
          Set.of(Placement.PER_KEY),
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
  public byte[] write(Learner learner) {
    return MulticlassFormat.write(ABOUT.expect(SoftmaxRegression.class, learner));
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    return MulticlassFormat.read(bytes, settings);
  }
}
