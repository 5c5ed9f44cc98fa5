package io.anabranch.models.bayes;

import io.anabranch.models.bayes.NaiveBayes.Hyper;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.evidence.ClassNames;
import io.anabranch.models.evidence.ObservationMerge;
import io.anabranch.models.evidence.SharedObservations;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code type: naive-bayes}. */
public final class NaiveBayesProvider implements LearnerProvider {
  static final String TYPE = "naive-bayes";
  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Naive Bayes: Gaussian for numbers, counts for categories, multinomial for objects and"
              + " texts.",
          Set.of(Placement.SHARED, Placement.PER_KEY),
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
  public Optional<String> whyNotShared(LearnerSettings settings) {
    int classes = new ClassNames(settings.target()).count();
    if (classes == 0) {
      return Optional.of(
          "without target.classes: trainers would number the classes in the order in which each"
              + " meets them; list them, or take placement: per-key");
    }
    return classes > ObservationMerge.MOST_CLASSES
        ? Optional.of(
            "with more than %d classes, got %d".formatted(ObservationMerge.MOST_CLASSES, classes))
        : Optional.empty();
  }

  @Override
  public Optional<SharedLearner> createShared(LearnerSettings settings) {
    return whyNotShared(settings).isPresent()
        ? Optional.empty()
        : Optional.of(new SharedNaiveBayes(settings));
  }

  @Override
  public Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return whyNotShared(settings).isPresent()
        ? Optional.empty()
        : Optional.of(
            new ObservationMerge(settings.hashBits(), new ClassNames(settings.target()).count()));
  }

  @Override
  public Optional<CoordinateBatch> delta(Learner learner) {
    NaiveBayes model = model(learner);
    return Optional.of(
        SharedObservations.delta(model.observations(), model.hashBits(), model.classes().count()));
  }

  /** {@inheritDoc} A replica is written as it sees the model, in the order of coordinates. */
  @Override
  public byte[] write(Learner learner) {
    NaiveBayes model = model(learner);
    return learner instanceof SharedNaiveBayes
        ? NaiveBayesState.write(model, model.observations().sorted(model.classes().count()))
        : NaiveBayesState.write(model, model.observations());
  }

  private static NaiveBayes model(Learner learner) {
    return learner instanceof SharedNaiveBayes replica
        ? replica.model()
        : ABOUT.expect(NaiveBayes.class, learner);
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    return NaiveBayesState.read(bytes, settings);
  }
}
