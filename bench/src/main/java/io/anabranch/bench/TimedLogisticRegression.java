package io.anabranch.bench;

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
import io.anabranch.models.linear.LogisticRegressionProvider;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The logistic regression, with replicas that time how fresh they are. */
public final class TimedLogisticRegression implements LearnerProvider {
  static final String TYPE = "timed-logistic-regression";

  private final LogisticRegressionProvider provider = new LogisticRegressionProvider();

  /** The last region of coordinates, which only features of scale robust have. */
  private static int marks(LearnerSettings settings) {
    return 3 << settings.hashBits();
  }

  @Override
  public LearnerType about() {
    return new LearnerType(
        TYPE, "For measurements.", Set.of(Placement.SHARED), Set.of(TargetType.BINARY));
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return provider.hyperparameters();
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return provider.create(settings);
  }

  @Override
  public Optional<SharedLearner> createShared(LearnerSettings settings) {
    return provider
        .createShared(settings)
        .map(replica -> new TimedReplica(replica, marks(settings)));
  }

  @Override
  public Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return provider.mergeRule(settings).map(rule -> new MarkedMerge(rule, marks(settings)));
  }

  @Override
  public byte[] write(Learner learner) {
    return provider.write(learner);
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    return provider.read(bytes, settings);
  }

  /** Of marks, the newest counts. */
  private record MarkedMerge(MergeRule rule, int marks) implements MergeRule {
    @Override
    public ExchangeShape shape() {
      return rule.shape();
    }

    @Override
    public void merge(
        int coordinate, float[] truth, int at, float[] delta, int from, int activeTrainers) {
      rule.merge(coordinate, truth, at, delta, from, activeTrainers);
    }

    @Override
    public void mergeStatistics(int coordinate, double[] truth, int at, double[] delta, int from) {
      if (coordinate >= marks) {
        truth[at] = Math.max(truth[at], delta[from]);
      } else {
        rule.mergeStatistics(coordinate, truth, at, delta, from);
      }
    }
  }
}
