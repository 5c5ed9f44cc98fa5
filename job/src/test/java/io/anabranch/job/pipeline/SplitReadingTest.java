package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anabranch.models.learner.LearnerRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SplitReadingTest {
  private static final LearnerRegistry REGISTRY =
      new LearnerRegistry(SplitReadingTest.class.getClassLoader());

  @Test
  void keysOfALearnerOfSumsAreSplitWhenToldTo() throws Exception {
    Pipeline split = read("type: naive-bayes, split: true");
    assertThat(split.learners().get(0).split()).isTrue();
    assertThat(ConfigHash.canonical(split)).contains("split: true\n");
    Pipeline whole = read("type: naive-bayes");
    assertThat(whole.learners().get(0).split()).isFalse();
    assertThat(ConfigHash.canonical(whole)).doesNotContain("split");
  }

  @Test
  void whatDoesNotAddUpIsNotSplit() {
    assertThat(problems("type: hoeffding-tree, split: true"))
        .containsExactly(
            "p.yaml:4 learners[0].split: hoeffding-tree cannot be split: what several of its"
                + " models learned apart does not add up; these can: majority-class, naive-bayes");
    assertThat(problems("type: logistic-regression, split: true, placement: shared"))
        .containsExactly(
            "p.yaml:4 learners[0].split: is only for placement: per-key, got placement: shared");
  }

  @Test
  void aLearnerThatIsNotSplitMayBeOfAnyType() throws Exception {
    assertThat(read("type: hoeffding-tree, split: false").learners().get(0).split()).isFalse();
  }

  private static List<String> problems(String more) {
    return catchThrowableOfType(PipelineException.class, () -> read(more)).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  private static Pipeline read(String more) throws PipelineException {
    String yaml =
        """
        pipeline: p
        input: {topic: t, key: user}
        target: {field: y, type: binary, positive: 1}
        learners: [{id: a, %s}]
        """
            .formatted(more);
    return PipelineFile.read("p.yaml", yaml, List.of(), variable -> Optional.empty(), REGISTRY);
  }
}
