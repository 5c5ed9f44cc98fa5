package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.format.BlockState;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.flink.TestCluster;
import io.anabranch.operators.metrics.JobFigures;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.ModelRecord;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Admission in the whole loop, on a cluster in the process, with failures. */
class SharedAdmissionTest {
  private static final int OCCURRENCES = 3 * SharedJob.RECORDS;

  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.of(2, 2, METRICS);

  @TempDir Path checkpoints;

  @ParameterizedTest
  @CsvSource({"1, false", "2, true", "4, false"})
  void afterAFailureEachOccurrenceWasLearnedOrRefusedOnce(int parallelism, boolean unaligned)
      throws Exception {
    SharedJob job = new SharedJob(METRICS, checkpoints, parallelism, unaligned);
    StreamExecutionEnvironment environment = job.environment();
    Failures failures = new Failures(7_001L);
    LearnerStreams streams =
        SharedTraining.attach(
            SharedJob.examples(environment, failures, RateLimiterStrategy.perCheckpoint(1_500)),
            spec(parallelism));
    streams.predictions().sinkTo(new DiscardingSink<>());
    Iterator<ModelRecord.Block> blocks = streams.blocks().collectAsync();
    JobID id = environment.executeAsync().getJobID();

    Map<String, byte[]> live = new HashMap<>();
    blocks.forEachRemaining(block -> live.put(block.block(), block.payload()));
    double learned = 0;
    for (byte[] block : live.values()) {
      for (float count : BlockState.decode(block, Tally.TYPE).values()) {
        learned += count;
      }
    }
    long refused = JobFigures.ofShards(METRICS, id, LearningMetric.COORDINATES_REFUSED);
    assertThat(failures.allHappened()).isTrue();
    assertThat(learned + refused).isEqualTo(OCCURRENCES);
    assertThat(refused).as("each of 4,001 coordinates thrice").isGreaterThanOrEqualTo(3 * 4_001);
    assertThat(JobFigures.ofShards(METRICS, id, LearningMetric.COORDINATES_ADMITTED))
        .isEqualTo(4_001);
  }

  private static SharedSpec spec(int parallelism) {
    return new SharedSpec(
        "tally",
        Tally.TYPE,
        new LearnerSettings(Target.numeric(), NumberDecoder.HASH_BITS, Map.of(), 1),
        new ExchangeSettings(50, 50, 5),
        1_000,
        Holdout.NONE,
        "trainers",
        parallelism,
        new byte[0],
        DriftDetection.NONE,
        new CoordinateLimits(3, CoordinateLimits.NEVER));
  }
}
