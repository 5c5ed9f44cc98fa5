package io.anabranch.flinkml;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
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

/** A learner type whose model is sums. State version 1: examples; the sums. */
public abstract sealed class SumsProvider implements LearnerProvider
    permits KMeansProvider, LeastSquaresProvider, MomentsProvider {
  static final String FEATURES = "features";
  static final String CLUSTERS = "k";
  static final String FADING = "fading";
  private static final int VERSION = 1;

  private final LearnerType about;

  SumsProvider(String type, String description) {
    about =
        new LearnerType(type, description, Set.of(Placement.SHARED), Set.of(TargetType.NUMERIC));
  }

  abstract Statistic statistic(LearnerSettings settings);

  @Override
  public LearnerType about() {
    return about;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(
        new Hyperparameter(
            FEATURES, Kind.INTEGER, 1, false, 1 << 24, "1", "The size of the vectors."),
        new Hyperparameter(CLUSTERS, Kind.INTEGER, 1, false, 1 << 20, "1", "How many clusters."),
        new Hyperparameter(
            FADING,
            Kind.NUMBER,
            Double.NEGATIVE_INFINITY,
            false,
            0,
            "0",
            "The logarithm of what an example fades those before it by."));
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return learner(settings);
  }

  @Override
  public Optional<SharedLearner> createShared(LearnerSettings settings) {
    return Optional.of(learner(settings));
  }

  @Override
  public Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return Optional.of(new SumsMerge(learner(settings).shape()));
  }

  @Override
  public Optional<CoordinateBatch> delta(Learner learner) {
    SumsLearner learned = ofSums(learner);
    double[] sums = learned.sums();
    CoordinateBatch delta = new CoordinateBatch(0, learned.shape().statisticsWidth());
    for (int sum = 0; sum < sums.length; sum++) {
      int at = delta.addStatistics(sum);
      delta.statistics()[at] = sums[sum];
    }
    return Optional.of(delta);
  }

  @Override
  public byte[] write(Learner learner) {
    return write(ofSums(learner).sums(), learner.examples());
  }

  /** A model of known sums. */
  byte[] write(double[] sums, long examples) {
    ModelWriter out = new ModelWriter(type(), VERSION);
    out.writeLong(examples);
    out.writeDoubles(sums, 0, sums.length);
    return out.finish();
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    ModelReader in = ModelReader.open(bytes, type(), VERSION);
    long examples = in.readLong();
    double[] sums = in.readDoubles();
    in.end();
    SumsLearner learner = learner(settings);
    int expected = statistic(settings).sums();
    if (sums.length != expected) {
      throw new CorruptModelException(
          "there must be %d sums as in the settings, got %d".formatted(expected, sums.length));
    }
    learner.restore(sums);
    learner.examples(examples);
    return learner;
  }

  private SumsLearner learner(LearnerSettings settings) {
    return new SumsLearner(statistic(settings), settings.number(FADING, 0));
  }

  private static SumsLearner ofSums(Learner learner) {
    if (learner instanceof SumsLearner sums) {
      return sums;
    }
    throw new IllegalArgumentException(
        "learner must be of sums, got " + learner.getClass().getName());
  }
}
