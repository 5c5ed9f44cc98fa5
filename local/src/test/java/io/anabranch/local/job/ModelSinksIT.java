package io.anabranch.local.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.job.kafka.KafkaSinks;
import io.anabranch.job.kafka.RunTurn;
import io.anabranch.job.kafka.SinkSettings;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.broker.EmbeddedBroker;
import io.anabranch.modellog.LearnerLog;
import io.anabranch.modellog.Manifest;
import io.anabranch.modellog.ModelLog;
import io.anabranch.modellog.ModelLogReader;
import io.anabranch.models.format.BlockState;
import io.anabranch.operators.record.ModelRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The sinks to the models topic on a real broker, when an attempt is taken over while it lives. */
class ModelSinksIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final SinkWriter.Context NO_CONTEXT =
      new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
          return Long.MIN_VALUE;
        }

        @Override
        public Long timestamp() {
          return 0L;
        }
      };

  @TempDir static Path directory;
  private static EmbeddedBroker broker;
  private static Topics topics;
  private static KafkaSinks sinks;

  private String learner = "";

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(directory);
    topics = new Topics(broker.bootstrap());
    topics.create("p.models", 2);
    Pipeline pipeline = TestPipeline.at(broker.bootstrap());
    sinks =
        new KafkaSinks(
            pipeline,
            new SinkSettings(Duration.ofMinutes(2), Map.of("p.models", 1 << 20)),
            RunTurn.now(pipeline));
  }

  @AfterAll
  static void stop() {
    topics.close();
    broker.close();
  }

  @BeforeEach
  void name(TestInfo test) {
    learner = test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void whatAnAttemptSendsAfterItWasTakenOverIsRefused() throws Exception {
    SinkWriter<ModelRecord.Block> abandoned = blocks(0, 1);
    abandoned.write(block(1), NO_CONTEXT);
    abandoned.flush(false);
    abandoned.write(block(2), NO_CONTEXT);
    try (SinkWriter<ModelRecord.Block> newest = blocks(0, 1)) {
      newest.write(block(3), NO_CONTEXT);
      newest.flush(false);
      assertThatThrownBy(() -> abandoned.flush(false)).isInstanceOf(KafkaException.class);
      abandoned.close();
      assertThat(version()).contains(3L);
    }
  }

  @Test
  void anAttemptWithMoreSubtasksIsShutOutWhole() throws Exception {
    SinkWriter<ModelRecord.Block> abandoned = blocks(3, 4);
    abandoned.write(block(1), NO_CONTEXT);
    try (SinkWriter<ModelRecord.Block> newest = blocks(1, 2)) {
      newest.write(block(2), NO_CONTEXT);
      newest.flush(false);
      assertThatThrownBy(() -> abandoned.flush(false)).isInstanceOf(KafkaException.class);
      abandoned.close();
      assertThat(version()).contains(2L);
    }
  }

  @Test
  void aSubtaskLeavesTheOthersAlone() throws Exception {
    try (SinkWriter<ModelRecord.Block> first = blocks(0, 2);
        SinkWriter<ModelRecord.Block> second = blocks(1, 2)) {
      first.write(block(1), NO_CONTEXT);
      second.write(block(2), NO_CONTEXT);
      first.flush(false);
      second.flush(false);
      assertThat(version()).isPresent();
    }
  }

  @Test
  void blocksBetweenTwoBarriersDoNotWaitForTheNext() throws Exception {
    WriterContext context = new WriterContext(0, 1);
    try (SinkWriter<ModelRecord.Block> writer = sinks.blocks().createWriter(context.get())) {
      writer.write(block(1), NO_CONTEXT);
      assertThat(version()).isEmpty();
      context.fireTimers();
      assertThat(version()).contains(1L);
    }
  }

  @Test
  void aManifestIsThereAtOnce() throws Exception {
    try (SinkWriter<ModelRecord.Manifest> writer =
        sinks.manifests().createWriter(new WriterContext(0, 1).get())) {
      writer.write(
          new ModelRecord.Manifest(learner, 7, 1, 100, Map.of("p.features-0", 100L), Map.of()),
          NO_CONTEXT);
      assertThat(log().flatMap(LearnerLog::manifest).map(Manifest::version)).contains(7L);
    }
  }

  private SinkWriter<ModelRecord.Block> blocks(int subtask, int subtasks) throws Exception {
    return sinks.blocks().createWriter(new WriterContext(subtask, subtasks).get());
  }

  private ModelRecord.Block block(long version) {
    float[] values = new float[BlockState.COORDINATES];
    byte[] bytes =
        new BlockState(0, 5, version, 1, values, 0, new int[0], new double[0])
            .encode("logistic-regression");
    return new ModelRecord.Block(learner, "0-5", version, bytes);
  }

  private Optional<Long> version() throws Exception {
    return log().map(lr -> lr.blocks().get("0-5")).map(block -> block.version());
  }

  private Optional<LearnerLog> log() throws Exception {
    topics.awaitMarks();
    ModelLog log =
        new ModelLogReader(Map.of("bootstrap.servers", broker.bootstrap()), PATIENCE)
            .read("p.models");
    return log.learner("p", learner);
  }
}
