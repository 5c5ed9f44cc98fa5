package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.operators.exchange.ExchangeCoding;
import io.anabranch.operators.flink.TestCluster;
import io.anabranch.operators.record.MetricsChunk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole loop on a cluster in the process, with RocksDB. */
class SharedTrainingTest {
  private static final int RECORDS = SharedJob.RECORDS;
  private static final int PER_CHECKPOINT = 1_500;

  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.of(2, 2, METRICS);

  @TempDir Path checkpoints;

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "4, false", "2, true", "4, true"})
  void everyExampleIsInTheTruthOnceAndBoundedInputEndsByItself(int parallelism, boolean unaligned)
      throws Exception {
    SharedJob.Outcome outcome = run(parallelism, unaligned, new Failures());
    outcome.assertThatEachExampleWasLearnedOnce();
    outcome.assertThatEachExampleWasPredictedOnce();
    assertThat(outcome.metrics().stream().mapToLong(MetricsChunk::learned).sum())
        .isEqualTo(RECORDS);
    assertThat(outcome.metrics().stream().mapToLong(chunk -> chunk.sketch().scored()).sum())
        .isEqualTo(RECORDS);
    assertThat(outcome.parts()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2, false", "4, false", "2, true", "4, true"})
  void afterAFailureEveryExampleIsInTheTruthOnce(int parallelism, boolean unaligned)
      throws Exception {
    Failures failures = new Failures(7_001L);
    SharedJob.Outcome outcome = run(parallelism, unaligned, failures);
    assertThat(failures.allHappened()).isTrue();
    outcome.assertThatEachExampleWasLearnedOnce();
  }

  @ParameterizedTest
  @CsvSource({"2, false", "4, true"})
  void whatTrainersHoldBackIsInTheTruthAtEachCheckpointAndInTheEnd(
      int parallelism, boolean unaligned) throws Exception {
    Failures failures = new Failures(7_001L, 15_001L);
    ExchangeSettings holding = new ExchangeSettings(20, 200, 5, new ExchangeCoding(false, 0.5));
    SharedJob.Outcome outcome =
        new SharedJob(METRICS, checkpoints, parallelism, unaligned, holding)
            .run(failures, RateLimiterStrategy.perCheckpoint(PER_CHECKPOINT), Tally.TYPE);
    assertThat(failures.allHappened()).isTrue();
    outcome.assertThatEachExampleWasLearnedOnce();
    outcome.assertThatEachCoordinateWasCountedOnce();
  }

  @Test
  void afterTwoRestartsFromOneCheckpointEveryExampleIsInTheTruthOnce() throws Exception {
    Failures failures = new Failures(7_001L, 7_003L);
    SharedJob.Outcome outcome = run(2, true, failures);
    assertThat(failures.allHappened()).isTrue();
    outcome.assertThatEachExampleWasLearnedOnce();
  }

  @Test
  void oneTrainerPredictsWhatTheSequentialLearnerPredicts() throws Exception {
    SharedJob.Outcome outcome = run(1, false, new Failures());
    Tally.Replica sequential = new Tally.Replica(Tally.shape(NumberDecoder.HASH_BITS));
    Example example = new Example();
    Prediction prediction = new Prediction();
    List<String> expected = new ArrayList<>();
    for (long number = 0; number < RECORDS; number++) {
      NumberDecoder.fill(example, number);
      sequential.predict(example, prediction);
      expected.add(example.id() + "=" + prediction.value());
      sequential.learn(example);
    }
    assertThat(outcome.predicted()).isEqualTo(expected);
  }

  private SharedJob.Outcome run(int parallelism, boolean unaligned, Failures failures)
      throws Exception {
    return new SharedJob(METRICS, checkpoints, parallelism, unaligned)
        .run(failures, RateLimiterStrategy.perCheckpoint(PER_CHECKPOINT), Tally.TYPE);
  }
}
