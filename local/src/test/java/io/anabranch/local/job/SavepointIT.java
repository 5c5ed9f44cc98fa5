package io.anabranch.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.job.FlinkSettings;
import io.anabranch.job.KafkaJob;
import io.anabranch.job.kafka.Broker;
import io.anabranch.job.kafka.SinkSettings;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.local.broker.EmbeddedBroker;
import io.anabranch.modellog.Manifest;
import io.anabranch.modellog.ModelKey;
import io.anabranch.modellog.ModelLogReader;
import io.anabranch.models.learner.LearnerRegistry;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints that the jobs of earlier commits took restore under this one. Each was taken after the
 * first half of the records; the test feeds all of them to a new broker, so that the offsets in it
 * are right, and the job has to go on with the second half.
 *
 * <p>When the state of an operator changes in a way that has to stay readable, copy {@code
 * local/target/savepoints/current.zip} to the resources before the change, and name it in {@link
 * SavepointZip#kept()}.
 */
class SavepointIT {
  private static final int RECORDS = 1_200;
  private static final int SAVED = 600;
  private static final int KEYS = 7;
  private static final String ALL =
      """
        - {id: everyone, type: logistic-regression, placement: shared}
        - {id: each, type: logistic-regression}
        - {id: bayes, type: naive-bayes}
        - {id: tree, type: hoeffding-tree}
        - {id: machine, type: svm}
        - {id: most, type: majority-class}
        - {id: last, type: no-change}
      """;

  /** Of placements whose state the first savepoint that was kept has not. */
  private static final String LATER =
      """
        - {id: bag, type: online-bagging, placement: ensemble, hyper: {members: 3}}
        - {id: all, type: majority-class, key: none, split: true}
      """;

  private static final List<String> PER_KEY =
      List.of("each", "bayes", "tree", "machine", "most", "last");

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path directory;

  private static Pipeline pipeline(String bootstrap, String learners) throws Exception {
    String text =
        """
        pipeline: saved
        kafka: {bootstrap: "%s"}
        input: {topic: saved.features, id: id, key: site}
        target: {field: y, type: binary, positive: 1}
        drift: {detector: adwin}
        checkpoint: {interval: 500ms}
        learners:
        %s"""
            .formatted(bootstrap, learners);
    return PipelineFile.read(
        "saved.yaml",
        text,
        List.of(),
        variable -> Optional.empty(),
        new LearnerRegistry(SavepointIT.class.getClassLoader()));
  }

  private static String json(int number) {
    return "{\"id\":\"r%d\",\"site\":\"s%d\",\"x\":%d,\"day\":\"d%d\",\"y\":%d}"
        .formatted(number, number % KEYS, number % 11, number % 5, number % 3 == 0 ? 1 : 0);
  }

  private static void feed(Topics topics, int from, int to) {
    for (int number = from; number < to; number++) {
      topics.produce("saved.features", "s" + number % KEYS, json(number));
    }
    topics.flush();
  }

  private JobClient submit(Pipeline pipeline, Optional<Path> savepoint) throws Exception {
    Map<String, Integer> limits = KafkaJob.prepare(pipeline, 2, Broker.PATIENCE, Optional.empty());
    Configuration settings =
        FlinkSettings.of(pipeline, new Configuration())
            .set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
    savepoint.ifPresent(
        path -> {
          settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString());
          settings.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        });
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    KafkaJob.define(environment, pipeline, new SinkSettings(Duration.ofMinutes(2), limits), 2);
    return environment.executeAsync();
  }

  private static void awaitLearned(Topics topics, String learner, long examples) throws Exception {
    topics.readUntil(
        "saved.models",
        records ->
            records.stream()
                .filter(record -> isManifestOf(record, learner))
                .map(record -> Manifest.decode(record.value()).examples())
                .reduce((first, second) -> second)
                .equals(Optional.of(examples)));
  }

  private static boolean isManifestOf(ConsumerRecord<byte[], byte[]> record, String learner) {
    return ModelKey.decode(record.key()) instanceof ModelKey.Manifest manifest
        && manifest.learner().equals(learner);
  }

  /** How many examples the model of each key has learned, by its own count. */
  private static Map<String, Long> versions(String bootstrap, String learner) {
    Map<String, Long> versions = new TreeMap<>();
    new ModelLogReader(Map.of("bootstrap.servers", bootstrap), Duration.ofMinutes(2))
        .read("saved.models")
        .learner("saved", learner)
        .orElseThrow()
        .blocks()
        .forEach((name, block) -> versions.put(name, block.version()));
    return versions;
  }

  private static Map<String, Long> records(int from, int to) {
    Map<String, Long> records = new TreeMap<>();
    for (int number = from; number < to; number++) {
      records.merge("key:s" + number % KEYS, 1L, Long::sum);
    }
    return records;
  }

  private static String stop(JobClient job, Path into) throws Exception {
    return job.stopWithSavepoint(false, into.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(5, TimeUnit.MINUTES);
  }

  private Path unpacked(String name) throws Exception {
    try (InputStream zip =
        Objects.requireNonNull(SavepointIT.class.getResourceAsStream("/savepoints/" + name))) {
      return SavepointZip.unpack(zip, directory.resolve("earlier"));
    }
  }

  @Test
  void theStateOfThisCommitRestoresAndIsKeptForLaterOnes() throws Exception {
    Path zip = Path.of("target", "savepoints", "current.zip");
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"));
        Topics topics = new Topics(broker.bootstrap())) {
      topics.create("saved.features", 2);
      feed(topics, 0, SAVED);
      JobClient job = submit(pipeline(broker.bootstrap(), ALL + LATER), Optional.empty());
      awaitLearned(topics, "everyone", SAVED);
      Path savepoint = Path.of(URI.create(stop(job, directory.resolve("savepoints"))));
      SavepointZip.pack(savepoint, zip);
    }
    try (InputStream packed = Files.newInputStream(zip)) {
      assertThatAllGoesOnFrom(SavepointZip.unpack(packed, directory.resolve("again")), 0);
    }
  }

  @ParameterizedTest
  @MethodSource("io.anabranch.local.job.SavepointZip#kept")
  void anEarlierSavepointRestores(String name) throws Exception {
    assertThatAllGoesOnFrom(unpacked(name), SavepointZip.hasLater(name) ? 0 : SAVED);
  }

  /** The later learners have learned from this record on. */
  private void assertThatAllGoesOnFrom(Path savepoint, int later) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("other-broker"));
        Topics topics = new Topics(broker.bootstrap())) {
      topics.create("saved.features", 2);
      feed(topics, 0, RECORDS);
      JobClient job = submit(pipeline(broker.bootstrap(), ALL + LATER), Optional.of(savepoint));
      awaitLearned(topics, "everyone", RECORDS);
      stop(job, directory.resolve("savepoints"));
      topics.awaitMarks();
      for (String learner : PER_KEY) {
        assertThat(versions(broker.bootstrap(), learner))
            .as(learner)
            .isEqualTo(records(0, RECORDS));
      }
      long learned = RECORDS - later;
      assertThat(versions(broker.bootstrap(), "bag"))
          .isEqualTo(Map.of("member:0", learned, "member:1", learned, "member:2", learned));
      assertThat(versions(broker.bootstrap(), "all")).isEqualTo(Map.of("key:", learned));
      int predictions = (RECORDS - SAVED) * 9;
      assertThat(topics.readUntil("saved.predictions", some -> some.size() >= predictions))
          .hasSize(predictions);
    }
  }

  @ParameterizedTest
  @MethodSource("io.anabranch.local.job.SavepointZip#kept")
  void aChangedPipelineKeepsWhatTheLearnersThatStayHaveLearned(String name) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"));
        Topics topics = new Topics(broker.bootstrap())) {
      topics.create("saved.features", 2);
      feed(topics, 0, RECORDS);
      String changed =
          """
            - {id: new, type: naive-bayes}
            - {id: each, type: logistic-regression}
            - {id: everyone, type: logistic-regression, placement: shared}
            - {id: new-for-all, type: logistic-regression, placement: shared}
          """;
      JobClient job = submit(pipeline(broker.bootstrap(), changed), Optional.of(unpacked(name)));
      awaitLearned(topics, "everyone", RECORDS);
      awaitLearned(topics, "new-for-all", RECORDS - SAVED);
      stop(job, directory.resolve("savepoints"));
      topics.awaitMarks();
      assertThat(versions(broker.bootstrap(), "each")).isEqualTo(records(0, RECORDS));
      assertThat(versions(broker.bootstrap(), "new")).isEqualTo(records(SAVED, RECORDS));
    }
  }
}
