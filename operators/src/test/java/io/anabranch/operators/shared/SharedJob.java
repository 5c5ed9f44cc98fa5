package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.FeedbackHub;
import io.anabranch.operators.metrics.JobFigures;
import io.anabranch.operators.metrics.LearningMetric;
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
import java.util.TreeMap;
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
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A job that learns the numbers 0 to {@link #RECORDS}, with RocksDB, on the cluster of the test.
 *
 * @param reporter where the cluster's metrics go
 * @param checkpoints a directory
 * @param parallelism of everything
 * @param unaligned whether barriers overtake
 * @param exchange how often trainers and shards talk, and what they leave out
 */
record SharedJob(
    InMemoryReporter reporter,
    Path checkpoints,
    int parallelism,
    boolean unaligned,
    ExchangeSettings exchange) {
  static final int RECORDS = 20_000;
  private static final String LEARNER = "tally";

  SharedJob(InMemoryReporter reporter, Path checkpoints, int parallelism, boolean unaligned) {
    this(reporter, checkpoints, parallelism, unaligned, new ExchangeSettings(200, 200, 5));
  }

  /** What came out. */
  record Outcome(
      long examples,
      long identities,
      long squaredNorm,
      List<String> predicted,
      List<MetricsChunk> metrics,
      List<ManifestPart> parts) {

    void assertThatEachExampleWasLearnedOnce() {
      assertThat(examples).isEqualTo(RECORDS);
      assertThat(identities)
          .isEqualTo(LongStream.range(0, RECORDS).map(n -> DeltaMessage.identity("id-" + n)).sum());
      assertThat(FeedbackHub.channels()).isZero();
    }

    /** Of tallies: each coordinate of each example, which the counts of examples do not tell. */
    void assertThatEachCoordinateWasCountedOnce() {
      Map<Integer, Long> counts = new TreeMap<>();
      Example example = new Example();
      for (long number = 0; number < RECORDS; number++) {
        NumberDecoder.fill(example, number);
        for (int i = 0; i < example.features().size(); i++) {
          counts.merge(example.features().coordinates()[i], 1L, Long::sum);
        }
      }
      assertThat(squaredNorm)
          .isEqualTo(counts.values().stream().mapToLong(count -> count * count).sum());
    }

    void assertThatEachExampleWasPredictedOnce() {
      assertThat(predicted)
          .extracting(text -> text.substring(0, text.indexOf('=')))
          .hasSize(RECORDS)
          .doesNotHaveDuplicates();
    }
  }

  /** Runs to the end of the numbers. */
  Outcome run(Obstacle obstacle, RateLimiterStrategy rate, String learnerType) throws Exception {
    StreamExecutionEnvironment env = environment();
    LearnerStreams streams =
        SharedTraining.attach(examples(env, obstacle, rate), spec(learnerType));
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
    return outcome(job, predicted, drain(metrics), drain(parts));
  }

  /**
   * The same without a look at what the trainers put out: Flink's collecting sinks take no more
   * than a few megabytes while no checkpoint completes.
   */
  Outcome runUnseen(Obstacle obstacle) throws Exception {
    StreamExecutionEnvironment env = environment();
    LearnerStreams streams =
        SharedTraining.attach(
            examples(env, obstacle, RateLimiterStrategy.noOp()), spec(Tally.TYPE));
    streams.predictions().sinkTo(new DiscardingSink<>());
    return outcome(env.execute().getJobID(), List.of(), List.of(), List.of());
  }

  private Outcome outcome(
      JobID job, List<String> predicted, List<MetricsChunk> metrics, List<ManifestPart> parts) {
    return new Outcome(
        JobFigures.ofShards(reporter, job, LearningMetric.MODEL_EXAMPLES),
        JobFigures.ofShards(reporter, job, LearningMetric.MODEL_IDENTITIES),
        JobFigures.ofShards(reporter, job, LearningMetric.MODEL_SQUARED_NORM),
        predicted,
        metrics,
        parts);
  }

  StreamExecutionEnvironment environment() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration());
    env.setParallelism(parallelism);
    return env;
  }

  static DataStream<Example> examples(
      StreamExecutionEnvironment env, Obstacle obstacle, RateLimiterStrategy rate) {
    return env.fromSource(
            new DataGeneratorSource<>(number -> number, RECORDS, rate, Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .transform("decode", RecordTypes.EXAMPLE, new NumberDecoder(obstacle));
  }

  SharedSpec spec(String learnerType) {
    return new SharedSpec(
        LEARNER,
        learnerType,
        new LearnerSettings(Target.numeric(), NumberDecoder.HASH_BITS, Map.of(), 1),
        exchange,
        1_000,
        Holdout.NONE,
        "trainers",
        parallelism);
  }

  private static <T> List<T> drain(Iterator<T> iterator) {
    List<T> list = new ArrayList<>();
    iterator.forEachRemaining(list::add);
    return list;
  }

  private Configuration configuration() {
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
