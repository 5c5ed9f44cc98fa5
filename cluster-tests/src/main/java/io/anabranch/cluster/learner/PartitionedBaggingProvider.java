package io.anabranch.cluster.learner;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.ensemble.OnlineBaggingProvider;
import io.anabranch.models.learner.Ensemble;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code type: partitioned-bagging}: online bagging with a bag for each partition of the input. How
 * partitions mix is up to the run; so what is learned and predicted is the same in all runs, to the
 * last bit.
 */
public final class PartitionedBaggingProvider implements LearnerProvider {
  /** The name in pipeline files. */
  public static final String TYPE = "partitioned-bagging";

  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Online bagging, a bag for each partition; for tests.",
          Set.of(Placement.ENSEMBLE),
          Set.of(TargetType.BINARY));

  private final OnlineBaggingProvider bagging = new OnlineBaggingProvider();

  @Override
  public LearnerType about() {
    return ABOUT;
  }

  @Override
  public boolean usesGroups() {
    return bagging.usesGroups();
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return bagging.hyperparameters();
  }

  @Override
  public Optional<Ensemble> ensemble(LearnerSettings settings) {
    return bagging.ensemble(settings).map(PartitionedBag::new);
  }

  @Override
  public Learner create(LearnerSettings settings) {
    throw new UnsupportedOperationException(TYPE + " is placed as ensemble only");
  }

  @Override
  public byte[] write(Learner learner) {
    throw new UnsupportedOperationException(TYPE + " is placed as ensemble only");
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    throw new UnsupportedOperationException(TYPE + " is placed as ensemble only");
  }
}
