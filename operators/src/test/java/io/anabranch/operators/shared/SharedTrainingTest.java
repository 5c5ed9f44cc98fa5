package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.FeedbackHub;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.RecordTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole loop on a cluster in the process, with RocksDB. */
class SharedTrainingTest {
  private static final int RECORDS = 20_000;
  private static final int PER_CHECKPOINT = 1_500;
  private static final String LEARNER = "tally";

  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          () ->
              new MiniClusterResourceConfiguration.Builder()
                  .setConfiguration(METRICS.addToConfiguration(new Configuration()))
                  .setNumberTaskManagers(2)
                  .setNumberSlotsPerTaskManager(2)
                  .build());

  @TempDir Path checkpoints;

  private record Outcome(
      long examples,
      long identities,
      List<String> predicted,
      List<MetricsChunk> metrics,
      List<ManifestPart> parts) {}

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "4, false", "2, true", "4, true"})
  void everyExampleIsInTheTruthOnceAndBoundedInputEndsByItself(int parallelism, boolean unaligned)
      throws Exception {
    Outcome outcome = run(parallelism, unaligned, new Failures());
    assertThatEachExampleWasLearnedOnce(outcome);
    assertThat(outcome.predicted())
        .extracting(text -> text.substring(0, text.indexOf('=')))
        .hasSize(RECORDS)
        .doesNotHaveDuplicates();
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
    Outcome outcome = run(parallelism, unaligned, failures);
    assertThat(failures.allHappened()).isTrue();
    assertThatEachExampleWasLearnedOnce(outcome);
  }

  @Test
  void afterTwoRestartsFromOneCheckpointEveryExampleIsInTheTruthOnce() throws Exception {
    Failures failures = new Failures(7_001L, 7_003L);
    Outcome outcome = run(2, true, failures);
    assertThat(failures.allHappened()).isTrue();
    assertThatEachExampleWasLearnedOnce(outcome);
  }

  @Test
  void oneTrainerPredictsWhatTheSequentialLearnerPredicts() throws Exception {
    Outcome outcome = run(1, false, new Failures());
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

  private static void assertThatEachExampleWasLearnedOnce(Outcome outcome) {
    assertThat(outcome.examples()).isEqualTo(RECORDS);
    assertThat(outcome.identities())
        .isEqualTo(LongStream.range(0, RECORDS).map(n -> DeltaMessage.identity("id-" + n)).sum());
    assertThat(FeedbackHub.channels()).isZero();
  }

  private Outcome run(int parallelism, boolean unaligned, Failures failures) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(unaligned));
    env.setParallelism(parallelism);
    DataStream<Example> examples =
        env.fromSource(
                new DataGeneratorSource<>(
                    number -> number,
                    RECORDS,
                    RateLimiterStrategy.perCheckpoint(PER_CHECKPOINT),
                    Types.LONG),
                WatermarkStrategy.noWatermarks(),
                "numbers")
            .transform("decode", RecordTypes.EXAMPLE, new NumberDecoder(failures));
    LearnerStreams streams =
        SharedTraining.attach(
            examples,
            new SharedSpec(
                LEARNER,
                Tally.TYPE,
                new LearnerSettings(Target.numeric(), NumberDecoder.HASH_BITS, Map.of(), 1),
                new ExchangeSettings(200, 200, 5),
                1_000,
                "trainers",
                parallelism));
    Iterator<String> predictions =
        streams
            .predictions()
            .map(record -> record.id() + "=" + record.prediction().value())
            .returns(Types.STRING)
            .collectAsync();
    Iterator<MetricsChunk> metrics = streams.metrics().collectAsync();
    Iterator<ManifestPart> parts = streams.manifestParts().collectAsync();
    JobID job = env.executeAsync().getJobID();
    List<String> predicted = drain(predictions);
    return new Outcome(
        ShardFigures.sum(METRICS, job, "examples"),
        ShardFigures.sum(METRICS, job, "identities"),
        predicted,
        drain(metrics),
        drain(parts));
  }

  private static <T> List<T> drain(Iterator<T> iterator) {
    List<T> list = new ArrayList<>();
    iterator.forEachRemaining(list::add);
    return list;
  }

  private Configuration configuration(boolean unaligned) {
    return new Configuration()
        .set(StateBackendOptions.STATE_BACKEND, "rocksdb")
        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString())
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50))
        .set(CheckpointingOptions.ENABLE_UNALIGNED, unaligned)
        .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3)
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO)
        .set(PipelineOptions.GENERIC_TYPES, false)
        .set(PipelineOptions.OBJECT_REUSE, true);
  }
}
