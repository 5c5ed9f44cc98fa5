package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.keyed.KeyLimits;
import io.anabranch.operators.keyed.PerKeySpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyLimitsReadingTest {
  private static final LearnerRegistry REGISTRY =
      new LearnerRegistry(KeyLimitsReadingTest.class.getClassLoader());

  @Test
  void modelsPerKeyExpireWhenToldTo() throws Exception {
    LearnerEntry expiring = read("expire: 30d").learners().get(0);
    assertThat(expiring.limits().expires()).isTrue();
    assertThat(expiring.limits().expireMillis()).isEqualTo(Duration.ofDays(30).toMillis());
    assertThat(read("placement: per-key").learners().get(0).limits().expires()).isFalse();
  }

  @Test
  void expiryChangesTheConfigurationAndItsAbsenceDoesNot() throws Exception {
    assertThat(ConfigHash.canonical(read("expire: 1h"))).contains("expire: 3600000\n");
    assertThat(ConfigHash.canonical(read("placement: per-key"))).doesNotContain("expire");
  }

  @Test
  void ofASharedModelHashedCoordinatesExpireAndJoinWhenToldTo() throws Exception {
    Pipeline pipeline = read("placement: shared, expire: 1h, admit: {count: 3}");
    assertThat(pipeline.learners().get(0).limits()).isEqualTo(KeyLimits.NONE);
    assertThat(pipeline.learners().get(0).coordinates())
        .isEqualTo(new CoordinateLimits(3, 3_600_000));
    assertThat(ConfigHash.canonical(pipeline)).contains("admit: 3\nexpire coordinates: 3600000\n");
    Pipeline without = read("placement: shared");
    assertThat(without.learners().get(0).coordinates()).isEqualTo(CoordinateLimits.NONE);
    assertThat(ConfigHash.canonical(without)).doesNotContain("expire", "admit");
  }

  @Test
  void coordinatesJoinASharedModelAfterTwoToAHundredOccurrences() {
    assertThat(problems("placement: shared, admit: {count: 1}"))
        .containsExactly(
            "p.yaml:4 learners[0].admit.count: must be a whole number between 2 and 100, got 1");
    assertThat(problems("placement: shared, admit: {}"))
        .containsExactly("p.yaml:4 learners[0].admit.count: is required");
    assertThat(problems("admit: {count: 3}"))
        .containsExactly(
            "p.yaml:4 learners[0].admit: is only for placement: shared, got placement: per-key");
  }

  @Test
  void onlyWhatIsKnownCoordinateByCoordinateJoinsAndExpires() {
    String shared = "target: {field: y, type: multiclass, classes: [a, b]}";
    assertThat(
            catchThrowableOfType(
                    PipelineException.class,
                    () ->
                        read(
                            "placement: shared, expire: 1h, admit: {count: 3}",
                            "naive-bayes",
                            shared))
                .problems())
        .extracting(Problem::toString)
        .containsExactly(
            "p.yaml:4 learners[0].admit: naive-bayes does not keep what it knows of a feature by"
                + " itself; those that do: linear-regression, logistic-regression,"
                + " softmax-regression",
            "p.yaml:4 learners[0].expire: naive-bayes does not keep what it knows of a feature by"
                + " itself; those that do: linear-regression, logistic-regression,"
                + " softmax-regression");
  }

  @Test
  void keysThatHaveAModelAreLimitedWhenToldTo() throws Exception {
    Pipeline capped = read("entries: 1000000");
    assertThat(capped.learners().get(0).limits())
        .isEqualTo(new KeyLimits(KeyLimits.NEVER, 1_000_000));
    assertThat(ConfigHash.canonical(capped)).contains("entries: 1000000\n");
    assertThat(ConfigHash.canonical(read("placement: per-key"))).doesNotContain("entries");
  }

  @Test
  void everyKeyGroupNeedsRoomAndASharedModelHasNoKeys() {
    assertThat(problems("entries: 127"))
        .containsExactly("p.yaml:4 learners[0].entries: must be a whole number >= 128, got 127");
    assertThat(problems("placement: shared, entries: 1000"))
        .containsExactly(
            "p.yaml:4 learners[0].entries: is only for placement: per-key, got placement: shared");
  }

  @Test
  void whatModelsMayTakeOfTheHeapIsASize() throws Exception {
    assertThat(read("heap: 1gb").learners().get(0).heapBytes()).isEqualTo(1L << 30);
    assertThat(read("placement: per-key").learners().get(0).heapBytes())
        .isEqualTo(PerKeySpec.HEAP_SHARE);
    assertThat(ConfigHash.canonical(read("heap: 1gb")))
        .isEqualTo(ConfigHash.canonical(read("placement: per-key"))); // learns the same
    assertThat(problems("heap: 512kb"))
        .containsExactly(
            "p.yaml:4 learners[0].heap: must be a size such as 64mb or 1gb, at least 1mb,"
                + " got '512kb'");
    assertThat(problems("heap: 64"))
        .containsExactly(
            "p.yaml:4 learners[0].heap: must be a size such as 64mb or 1gb, at least 1mb,"
                + " got '64'");
    assertThat(problems("placement: shared, heap: 1gb"))
        .containsExactly(
            "p.yaml:4 learners[0].heap: is only for placement: per-key, got placement: shared");
  }

  @Test
  void aTimeThatCannotBeReckonedWithIsRefused() {
    assertThat(problems("expire: 999999999d"))
        .containsExactly(
            "p.yaml:4 learners[0].expire: must be a duration such as 200ms, 10s, 5m, 1h or 7d, at"
                + " least 1ms and at most 31557600000000ms, got '999999999d'");
  }

  private static List<String> problems(String more) {
    return catchThrowableOfType(PipelineException.class, () -> read(more)).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  private static Pipeline read(String more) throws PipelineException {
    return read(more, "logistic-regression", "target: {field: y, type: binary, positive: 1}");
  }

  private static Pipeline read(String more, String type, String target) throws PipelineException {
    String yaml =
        """
        pipeline: p
        input: {topic: t, key: user}
        %s
        learners: [{id: a, type: %s, %s}]
        """
            .formatted(target, type, more);
    return PipelineFile.read("p.yaml", yaml, List.of(), variable -> Optional.empty(), REGISTRY);
  }
}
