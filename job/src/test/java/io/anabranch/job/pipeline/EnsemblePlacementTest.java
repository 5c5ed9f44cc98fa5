package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anabranch.job.topology.LearnerKey;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.keyed.KeyChoice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can be an ensemble, and what goes with it. */
class EnsemblePlacementTest {
  private static final LearnerRegistry REGISTRY =
      new LearnerRegistry(EnsemblePlacementTest.class.getClassLoader());

  @Test
  void anEnsembleIsOneModelWhateverTheKeys() throws Exception {
    Pipeline pipeline =
        read("{id: bag, type: online-bagging, placement: ensemble, hyper: {members: 4}}");
    assertThat(pipeline.learners().get(0).placement()).isEqualTo(Placement.ENSEMBLE);
    assertThat(LearnerKey.of(pipeline, pipeline.learners().get(0)))
        .isEqualTo(new LearnerKey(Optional.empty(), true, KeyChoice.ONE));
  }

  @Test
  void whatHasNoMembersIsRefused() {
    assertThat(problems("{id: a, type: hoeffding-tree, placement: ensemble}"))
        .containsExactly(
            "p.yaml:4 learners[0].placement: hoeffding-tree cannot be an ensemble: it has no"
                + " members; it can be: per-key");
  }

  @Test
  void keysOfOtherPlacementsAreRefused() {
    assertThat(
            problems(
                "{id: a, type: online-bagging, placement: ensemble, key: user, expire: 1h,"
                    + " exchange: {examples: 9}}"))
        .containsExactly(
            "p.yaml:4 learners[0].exchange: is only for placement: shared, got placement: ensemble",
            "p.yaml:4 learners[0].expire: is only for placement: per-key or shared, got placement: ensemble",
            "p.yaml:4 learners[0].key: is only for placement: per-key, got 'user'; an ensemble has"
                + " no key");
  }

  @Test
  void anEnsembleHasMembers() {
    assertThat(problems("{id: a, type: online-bagging, placement: ensemble, hyper: {members: 0}}"))
        .containsExactly("p.yaml:4 learners[0].hyper.members: must be >= 1, got 0");
  }

  private static List<String> problems(String learner) {
    return catchThrowableOfType(PipelineException.class, () -> read(learner)).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  private static Pipeline read(String learner) throws PipelineException {
    String yaml =
        """
        pipeline: p
        input: {topic: t, key: site}
        target: {field: y, type: binary, positive: 1}
        learners: [%s]
        """
            .formatted(learner);
    return PipelineFile.read("p.yaml", yaml, List.of(), variable -> Optional.empty(), REGISTRY);
  }
}
