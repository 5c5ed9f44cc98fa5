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

/** {@code type: svm}. */
public final class SupportVectorMachineProvider implements LearnerProvider {
  static final String TYPE = "svm";
  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Linear support vector machine by Pegasos (Shalev-Shwartz et al. 2011), numeric inputs"
              + " standardised online; several classes by the loss of Crammer and Singer.",
          Set.of(Placement.PER_KEY),
          Set.of(TargetType.BINARY, TargetType.MULTICLASS));

  @Override
  public LearnerType about() {
    return ABOUT;
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
  public byte[] write(Learner learner) {
    return SupportVectorMachineFormat.write(ABOUT.expect(SupportVectorMachine.class, learner));
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    return SupportVectorMachineFormat.read(bytes, settings);
  }
}
