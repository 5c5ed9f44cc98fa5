package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.models.learner.LearnerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final LearnerRegistry REGISTRY =
      new LearnerRegistry(ExpiryTest.class.getClassLoader());

  @Test
  void modelsPerKeyExpireWhenToldTo() throws Exception {
    LearnerEntry expiring = read("expire: 30d").learners().get(0);
    assertThat(expiring.expires()).isTrue();
    assertThat(expiring.expireMillis()).isEqualTo(Duration.ofDays(30).toMillis());
    assertThat(read("placement: per-key").learners().get(0).expires()).isFalse();
  }

  @Test
  void expiryChangesTheConfigurationAndItsAbsenceDoesNot() throws Exception {
    assertThat(ConfigHash.canonical(read("expire: 1h"))).contains("expire: 3600000\n");
    assertThat(ConfigHash.canonical(read("placement: per-key"))).doesNotContain("expire");
  }

  @Test
  void aSharedModelDoesNotExpire() {
    PipelineException refused =
        catchThrowableOfType(PipelineException.class, () -> read("placement: shared, expire: 1h"));
    assertThat(refused.problems().stream().map(Problem::toString))
        .containsExactly(
            "p.yaml:4 learners[0].expire: is only for placement: per-key, got placement: shared");
  }

  private static Pipeline read(String more) throws PipelineException {
    String yaml =
        """
        pipeline: p
        input: {topic: t, key: user}
        target: {field: y, type: binary, positive: 1}
        learners: [{id: a, type: logistic-regression, %s}]
        """
            .formatted(more);
    return PipelineFile.read("p.yaml", yaml, List.of(), variable -> Optional.empty(), REGISTRY);
  }
}
