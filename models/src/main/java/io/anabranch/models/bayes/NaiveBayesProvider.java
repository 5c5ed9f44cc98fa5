package io.anabranch.models.bayes;

import io.anabranch.models.bayes.NaiveBayes.Hyper;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Hyperparameter.Kind;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import java.util.List;
import java.util.Set;

/** {@code type: naive-bayes}. */
public final class NaiveBayesProvider implements LearnerProvider {
  static final String TYPE = "naive-bayes";
  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Naive Bayes: Gaussian for numbers, counts for categories, multinomial for objects and"
              + " texts.",
          Set.of(Placement.PER_KEY),
          Set.of(TargetType.BINARY, TargetType.MULTICLASS));

  @Override
  public LearnerType about() {
    return ABOUT;
  }

  @Override
  public boolean usesGroups() {
    return true;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(
        new Hyperparameter(
            "smoothing",
            Kind.NUMBER,
            0,
            true,
            Hyper.MOST,
            Long.toString((long) Hyper.DEFAULT.smoothing()),
            "How many examples without any difference between classes stand beside those of a"
                + " class."));
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new NaiveBayes(settings.target(), settings.hashBits(), Hyper.of(settings));
  }

  @Override
  public byte[] write(Learner learner) {
    return NaiveBayesState.write(ABOUT.expect(NaiveBayes.class, learner));
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    return NaiveBayesState.read(bytes, settings);
  }
}
