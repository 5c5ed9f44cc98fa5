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

/** {@code type: svm}. */
public final class SupportVectorMachineProvider implements LearnerProvider {
  static final String TYPE = "svm";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String description() {
    return "Linear support vector machine by Pegasos (Shalev-Shwartz et al. 2011), numeric inputs"
        + " standardised online; several classes by the loss of Crammer and Singer.";
  }

  @Override
  public Set<Placement> placements() {
    return Set.of(Placement.PER_KEY);
  }

  @Override
  public Set<TargetType> targets() {
    return Set.of(TargetType.BINARY, TargetType.MULTICLASS);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(
        new Hyperparameter(
            "lambda",
            Hyperparameter.Kind.NUMBER,
            0,
            true,
            SupportVectorMachine.Hyper.MOST,
            Double.toString(SupportVectorMachine.Hyper.DEFAULT.lambda()),
            "Regularisation: the greater, the smaller the weights and the wider the margin."));
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new SupportVectorMachine(settings);
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
    if (learner instanceof SupportVectorMachine model) {
      return SupportVectorMachineFormat.write(model);
    }
    throw new IllegalArgumentException(
        "learner must be a support vector machine, got " + learner.getClass().getName());
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    return SupportVectorMachineFormat.read(bytes, settings);
  }
}
