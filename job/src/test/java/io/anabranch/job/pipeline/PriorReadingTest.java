package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anabranch.models.learner.LearnerRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PriorReadingTest {
  private static final LearnerRegistry REGISTRY =
      new LearnerRegistry(PriorReadingTest.class.getClassLoader());
  private static final String SHARED =
      "{id: all, type: logistic-regression, placement: shared, hyper: {alpha: 0.5}}";

  @Test
  void newKeysStartFromASharedLearnerWhereverItStands() throws Exception {
    Pipeline before = read(SHARED, "{id: each, type: logistic-regression, prior: all}");
    assertThat(before.learners().get(1).prior()).isEqualTo("all");
    assertThat(before.learners().get(0).prior()).isEmpty();
    assertThat(ConfigHash.canonical(before)).contains("prior: all\n");
    Pipeline after = read("{id: each, type: logistic-regression, prior: all}", SHARED);
    assertThat(after.learners().get(0).prior()).isEqualTo("all");
    assertThat(ConfigHash.canonical(read(SHARED, SHARED.replace("all", "b"))))
        .doesNotContain("prior");
  }

  @Test
  void itMustBeALearnerThatIsSharedAndNotTheLearnerItself() {
    assertThat(problems(SHARED, "{id: each, type: logistic-regression, prior: al}"))
        .containsExactly(
            "p.yaml:6 learners[1].prior: must be the id of a learner with placement: shared (all),"
                + " got 'al'");
    assertThat(problems("{id: each, type: logistic-regression, prior: each}"))
        .containsExactly(
            "p.yaml:5 learners[0].prior: must be the id of a learner with placement: shared (there"
                + " is none), got 'each'");
  }

  @Test
  void itMustBeOfTheSameTypeAndOfSettingsThatFit() {
    assertThat(problems(SHARED, "{id: each, type: majority-class, prior: all}"))
        .containsExactly(
            "p.yaml:6 learners[1].prior: must be a learner of the same type, majority-class and not"
                + " logistic-regression, got 'all'");
    assertThat(
            problems(
                SHARED,
                "{id: each, type: logistic-regression, hyper: {intercept: false}, prior: all}"))
        .containsExactly(
            "p.yaml:6 learners[1].prior: must fit (intercept must be true as of the shared model,"
                + " got false), got 'all'");
  }

  @Test
  void aSharedModelHasNoPrior() {
    assertThat(
            problems(SHARED, "{id: b, type: logistic-regression, placement: shared, prior: all}"))
        .containsExactly(
            "p.yaml:6 learners[1].prior: is only for placement: per-key, got placement: shared");
  }

  private static List<String> problems(String... learners) {
    return catchThrowableOfType(PipelineException.class, () -> read(learners)).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  private static Pipeline read(String... learners) throws PipelineException {
    String yaml =
        """
        pipeline: p
        input: {topic: t, key: user}
        target: {field: y, type: binary, positive: 1}
        learners:
        """
            + "  - "
            + String.join("\n  - ", learners)
            + "\n";
    return PipelineFile.read("p.yaml", yaml, List.of(), variable -> Optional.empty(), REGISTRY);
  }
}
