package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.Placement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the built learners need for being shared. */
class SharedPlacementTest {
  private static final LearnerRegistry REGISTRY =
      new LearnerRegistry(SharedPlacementTest.class.getClassLoader());

  @ParameterizedTest
  @ValueSource(strings = {"softmax-regression", "naive-bayes"})
  void aModelOfSeveralClassesNeedsThemListed(String learner) throws Exception {
    PipelineException refused =
        catchThrowableOfType(PipelineException.class, () -> read(learner, "multiclass"));
    assertThat(refused.problems().stream().map(Problem::toString))
        .containsExactly(
            "p.yaml:4 learners[0].placement: "
                + learner
                + " cannot be shared without"
                + " target.classes: trainers would number the classes in the order in which each"
                + " meets them; list them, or take placement: per-key");
    assertThat(placement(learner, "multiclass, classes: [a, b]")).isEqualTo(Placement.SHARED);
  }

  @Test
  void aModelOfNumbersCanBeShared() throws Exception {
    assertThat(placement("linear-regression", "numeric")).isEqualTo(Placement.SHARED);
  }

  private static Placement placement(String learner, String target) throws PipelineException {
    return read(learner, target).learners().get(0).placement();
  }

  private static Pipeline read(String learner, String target) throws PipelineException {
    String yaml =
        """
        pipeline: p
        input: {topic: t}
        target: {field: y, type: %s}
        learners: [{id: a, type: %s, placement: shared}]
        """
            .formatted(target, learner);
    return PipelineFile.read("p.yaml", yaml, List.of(), variable -> Optional.empty(), REGISTRY);
  }
}
