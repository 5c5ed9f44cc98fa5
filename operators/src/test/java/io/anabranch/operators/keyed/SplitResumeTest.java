package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.flink.TestCluster;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.ModelRecord;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A run with a split key that is stopped with a savepoint and goes on at other parallelisms. */
class SplitResumeTest {
  private static final int RECORDS = 40_000;
  private static final int RECORDS_PER_CHECKPOINT = 500;
  private static final long SHIP_MILLIS = 10;
  private static final PerKeySpec SPEC =
      new PerKeySpec(
          "bayes", "naive-bayes", SkewedExamples.SETTINGS, KeyChoice.ENTITY, 1_000, Holdout.NONE);

  private static final Map<String, Integer> PREDICTED = new ConcurrentHashMap<>();
  private static final Map<Long, Integer> HOT_VERSIONS = new ConcurrentHashMap<>();
  private static final Map<String, ModelRecord.Block> BLOCKS = new ConcurrentHashMap<>();
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Map<Integer, CompletableFuture<Boolean>> REACHED =
      Map.of(10_000, new CompletableFuture<>(), 18_000, new CompletableFuture<>());

  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.of(1, 3);

  @TempDir Path checkpoints;

  @Test
  void atAnyParallelismItGoesOnEveryExampleCountsOnce() throws Exception {
    String first = stop(start(configuration(), 2), 10_000);
    String second = stop(start(from(first), 3), 18_000);
    start(from(second), 1).getJobExecutionResult().get(5, TimeUnit.MINUTES);

    assertThat(PREDICTED).hasSize(RECORDS).allSatisfy((id, times) -> assertThat(times).isOne());
    assertThat(HOT_VERSIONS.values()).as("of several subtasks").anyMatch(times -> times > 1);
    assertThat(learned()).isEqualTo(records());
  }

  private Configuration configuration() {
    return FailingJob.configuration(checkpoints, "hashmap", false);
  }

  private Configuration from(String savepoint) {
    return configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
  }

  private String stop(JobClient job, int after) throws Exception {
    REACHED.get(after).get(5, TimeUnit.MINUTES);
    String savepoint =
        job.stopWithSavepoint(
                false,
                checkpoints.resolve("stopped").toUri().toString(),
                SavepointFormatType.CANONICAL)
            .get(5, TimeUnit.MINUTES);
    job.getJobExecutionResult().get(5, TimeUnit.MINUTES);
    assertThat(PREDICTED).hasSizeBetween(after, RECORDS - 1);
    return savepoint;
  }

  private static JobClient start(Configuration configuration, int parallelism) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    LearnerStreams streams =
        SplitTraining.attach(
            FailingJob.examples(
                env, 1, RECORDS, RECORDS_PER_CHECKPOINT, new Failures(), SkewedExamples::of),
            SPEC,
            parallelism,
            SHIP_MILLIS);
    streams
        .predictions()
        .map(
            record -> {
              PREDICTED.merge(record.id(), 1, Integer::sum);
              if (record.key().equals(SkewedExamples.HOT)) {
                HOT_VERSIONS.merge(record.version(), 1, Integer::sum);
              }
              CompletableFuture<Boolean> reached = REACHED.get(COUNT.incrementAndGet());
              if (reached != null) {
                reached.complete(true);
              }
              return record.id();
            })
        .returns(Types.STRING)
        .uid("observe")
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    streams
        .blocks()
        .map(
            block -> {
              BLOCKS.merge(
                  block.block(),
                  block,
                  (one, other) -> other.version() >= one.version() ? other : one);
              return block.block();
            })
        .returns(Types.STRING)
        .uid("observe-blocks")
        .sinkTo(new DiscardingSink<>())
        .uid("discard-blocks");
    return env.executeAsync();
  }

  private static Map<String, Long> learned() {
    LearnerProvider provider =
        new LearnerRegistry(SplitResumeTest.class.getClassLoader()).find(SPEC.type()).orElseThrow();
    Map<String, Long> learned = new TreeMap<>();
    BLOCKS.forEach(
        (name, block) ->
            learned.put(name, provider.read(block.payload(), SkewedExamples.SETTINGS).examples()));
    return learned;
  }

  private static Map<String, Long> records() {
    Map<String, Long> records = new TreeMap<>();
    for (long number = 0; number < RECORDS; number++) {
      records.merge("key:" + SkewedExamples.of(number).key(), 1L, Long::sum);
    }
    return records;
  }
}
