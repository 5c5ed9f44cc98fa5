package io.anabranch.local.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.job.FlinkSettings;
import io.anabranch.job.KafkaJob;
import io.anabranch.job.kafka.Broker;
import io.anabranch.job.kafka.SinkSettings;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.broker.EmbeddedBroker;
import io.anabranch.modellog.Manifest;
import io.anabranch.modellog.ModelKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job between real topics, with a TaskManager that dies while it works. */
class KafkaJobIT {
  private static final int RECORDS = 6_000;
  private static final int DEAD = RECORDS / 100;
  private static final int PREDICTED = RECORDS - DEAD;
  private static final int UNLABELLED = RECORDS / 10 - DEAD;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path directory;

  private static String json(int number) {
    if (number % 100 == 0) {
      return "broken " + number;
    }
    return "{\"id\":\"r"
        + number
        + "\",\"site\":\"s"
        + number % 3
        + "\",\"x\":"
        + number % 11
        + (number % 10 == 0 ? "}" : ",\"y\":" + number % 2 + "}");
  }

  private static void produce(Topics topics, int from, int to) {
    for (int number = from; number < to; number++) {
      topics.produce(TestPipeline.INPUT, "s" + number % 3, json(number));
    }
    topics.flush();
  }

  private JobClient submit(Pipeline pipeline) throws Exception {
    return submit(pipeline, KafkaJob.prepare(pipeline, 2, Broker.PATIENCE, Optional.empty()));
  }

  private JobClient submit(Pipeline pipeline, Map<String, Integer> limits) throws Exception {
    Configuration settings =
        FlinkSettings.of(pipeline, new Configuration())
            .set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    KafkaJob.define(environment, pipeline, new SinkSettings(Duration.ofMinutes(2), limits), 2);
    return environment.executeAsync();
  }

  @Test
  void afterAFailureEachPredictionIsThereOnceAndTheCountsAreRight(
      @InjectMiniCluster MiniCluster cluster) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"));
        Topics topics = new Topics(broker.bootstrap())) {
      topics.create(TestPipeline.INPUT, 2);
      Pipeline pipeline = TestPipeline.at(broker.bootstrap());
      produce(topics, 0, RECORDS / 2);
      JobClient job = submit(pipeline);
      topics.readUntil("p.predictions", records -> records.size() >= RECORDS / 4);

      produce(topics, RECORDS / 2, RECORDS * 3 / 4);
      cluster.terminateTaskManager(0).get();
      cluster.startTaskManager();
      produce(topics, RECORDS * 3 / 4, RECORDS);
      topics.readUntil("p.predictions", records -> records.size() >= 2 * PREDICTED);
      job.stopWithSavepoint(
              false,
              directory.resolve("savepoints").toUri().toString(),
              SavepointFormatType.CANONICAL)
          .get(5, TimeUnit.MINUTES);

      assertEachIsPredictedOnce(topics);
      assertDeadLettersSayWhy(topics);
      assertTheCountsAreRight(topics);
      assertManifestsAreReadable(topics);
    }
  }

  @Test
  void ofTwoRunsThatWereSubmittedAtOnceTheLaterGivesWay() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"));
        Topics topics = new Topics(broker.bootstrap())) {
      topics.create(TestPipeline.INPUT, 2);
      Pipeline pipeline = TestPipeline.at(broker.bootstrap());
      JobClient first = submit(pipeline);
      JobClient second = submit(pipeline, Map.of());
      assertThatThrownBy(() -> second.getJobExecutionResult().get(5, TimeUnit.MINUTES))
          .hasStackTraceContaining("pipeline 'p' is already running (client p-")
          .hasStackTraceContaining(first.getJobID().toString());
      produce(topics, 0, 1_000);
      topics.readUntil("p.predictions", records -> records.size() >= 2 * 990);
      first.cancel().get(5, TimeUnit.MINUTES);
    }
  }

  private static void assertEachIsPredictedOnce(Topics topics) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> predictions =
        topics.readUntil("p.predictions", records -> records.size() >= 2 * PREDICTED);
    Set<String> seen = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : predictions) {
      String learner = Topics.text(record).contains("\"learner\":\"lr\"") ? "lr" : "most";
      assertThat(seen.add(learner + " " + new String(record.key(), UTF_8)))
          .as(Topics.text(record))
          .isTrue();
    }
    assertThat(seen).hasSize(2 * PREDICTED);
  }

  private static void assertDeadLettersSayWhy(Topics topics) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> letters =
        topics.readUntil("p.dead-letters", records -> records.size() >= DEAD);
    assertThat(letters)
        .hasSize(DEAD)
        .allSatisfy(letter -> assertThat(Topics.text(letter)).startsWith("broken "))
        .allSatisfy(
            letter ->
                assertThat(letter.headers())
                    .extracting(Header::key)
                    .containsExactly(
                        "anabranch.error",
                        "anabranch.topic",
                        "anabranch.partition",
                        "anabranch.offset",
                        "anabranch.stage"));
  }

  private static void assertTheCountsAreRight(Topics topics) throws Exception {
    for (String learner : List.of("lr", "most")) {
      topics.readUntil(
          "p.metrics",
          records ->
              records.stream()
                  .map(Topics::text)
                  .filter(report -> report.contains("\"learner\":\"" + learner + "\""))
                  .filter(report -> report.contains("\"cumulative\""))
                  .reduce((first, second) -> second)
                  .filter(
                      report -> report.contains("\"examples\":" + (PREDICTED - UNLABELLED) + ","))
                  .filter(report -> report.contains("\"records\":" + PREDICTED + ","))
                  .filter(report -> report.contains("\"deadLetters\":" + DEAD + ","))
                  .filter(report -> report.contains("\"unlabelled\":" + UNLABELLED))
                  .isPresent());
    }
  }

  private static void assertManifestsAreReadable(Topics topics) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> models =
        topics.readUntil(
            "p.models",
            records ->
                records.stream().anyMatch(record -> isManifestOf(record, "lr"))
                    && records.stream().anyMatch(record -> isManifestOf(record, "most")));
    ConsumerRecord<byte[], byte[]> newest =
        models.stream()
            .filter(record -> isManifestOf(record, "lr"))
            .reduce((first, second) -> second)
            .orElseThrow();
    Manifest manifest = Manifest.decode(newest.value());
    assertThat(manifest.learnerType()).isEqualTo("logistic-regression");
    assertThat(manifest.examples()).isPositive();
    assertThat(manifest.version()).isPositive();
  }

  private static boolean isManifestOf(ConsumerRecord<byte[], byte[]> record, String learner) {
    return ModelKey.decode(record.key()) instanceof ModelKey.Manifest manifest
        && manifest.learner().equals(learner);
  }
}
