package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.operators.flink.TestCluster;
import io.anabranch.operators.record.RecordTypes;
import java.nio.file.Path;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole loop when one part of it is slow, stands still, or is not where it should be. */
class ObstaclesTest {
  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.of(2, 2, METRICS);

  @TempDir Path checkpoints;

  @Test
  void aTrainerThatStandsStillHoldsNobodyUpAndWhoFinishesEarlyLosesNothing() throws Exception {
    // The numbers are split in two halves: the first stands still until the second is through. Only
    // barriers that overtake go on meanwhile: aligned ones would make the shards wait.
    Gate gate = new Gate(100, SharedJob.RECORDS - 1);
    new SharedJob(METRICS, checkpoints, 2, true)
        .runUnseen(gate)
        .assertThatEachExampleWasLearnedOnce();
  }

  @Test
  void aTrainerAHundredTimesSlowerHoldsNobodyUpAndLosesNothing() throws Exception {
    new SharedJob(METRICS, checkpoints, 2, true)
        .runUnseen(new Turtle(SharedJob.RECORDS))
        .assertThatEachExampleWasLearnedOnce();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void slowShardsLoseNothing(boolean unaligned) throws Exception {
    SharedJob.Outcome outcome =
        new SharedJob(METRICS, checkpoints, 4, unaligned)
            .run(Obstacle.NONE, RateLimiterStrategy.noOp(), SlowTally.SLOW_TYPE);
    outcome.assertThatEachExampleWasLearnedOnce();
    outcome.assertThatEachExampleWasPredictedOnce();
  }

  @Test
  void aTrainerWithoutItsReceiverFailsTheJobWithTheReason() {
    SharedJob job = new SharedJob(METRICS, checkpoints, 2, false);
    StreamExecutionEnvironment env = job.environment();
    env.configure(new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
    SharedJob.examples(env, Obstacle.NONE, RateLimiterStrategy.noOp())
        .transform(
            "trainer", RecordTypes.PREDICTION, TrainerOperator.factory(job.spec(Tally.TYPE), 100))
        .sinkTo(new DiscardingSink<>());
    assertThatThrownBy(env::execute)
        .rootCause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "learner 'tally': no complete model after 100 ms; is its receiver in another"
                + " TaskManager? Trainers and receivers must share one co-location group and one"
                + " parallelism");
  }
}
