package io.anabranch.cluster.learner;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
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

/** {@code type: id-sum}: sums over the ids of the records learned. */
public final class IdSumProvider implements LearnerProvider {
  /** The name in pipeline files. */
  public static final String TYPE = "id-sum";

  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Sums up which records were learned; for tests.",
          Set.of(Placement.SHARED),
          Set.of(TargetType.BINARY));

  /** Adds. */
  private record Sums() implements MergeRule {
    private static final long serialVersionUID = 1;

    @Override
    public ExchangeShape shape() {
      return IdSum.SHAPE;
    }

    @Override
    public void merge(
        int coordinate, float[] truth, int at, float[] delta, int from, int activeTrainers) {
      truth[at] += delta[from];
    }

    @Override
    public void mergeStatistics(int coordinate, double[] truth, int at, double[] delta, int from) {
      IdSum.add(truth, at, delta, from);
    }
  }

  @Override
  public LearnerType about() {
    return ABOUT;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of();
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new IdSum();
  }

  @Override
  public Optional<SharedLearner> createShared(LearnerSettings settings) {
    return Optional.of(new IdSum());
  }

  @Override
  public Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return Optional.of(new Sums());
  }

  @Override
  public byte[] write(Learner learner) {
    throw new UnsupportedOperationException("id-sum is placed as shared only");
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    throw new UnsupportedOperationException("id-sum is placed as shared only");
  }
}
