package io.anabranch.cluster.learner;

import io.anabranch.cluster.process.ClassJar;
import io.anabranch.models.learner.LearnerProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a user's jar brings to the cluster: the learners of this package and nothing else. */
public final class LearnerJar {
  private LearnerJar() {}

  /** Writes the jar. */
  public static Path write(Path jar) throws IOException {
    return ClassJar.write(
        jar,
        List.of(
            IdSumProvider.class,
            IdSum.class,
            PartitionedBaggingProvider.class,
            PartitionedBag.class,
            PartitionedMember.class),
        Map.of(
            LearnerProvider.class, List.of(IdSumProvider.class, PartitionedBaggingProvider.class)));
  }
}
