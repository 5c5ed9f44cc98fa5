package io.anabranch.local.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.job.kafka.Broker;
import io.anabranch.job.kafka.RunLease;
import io.anabranch.job.kafka.StartException;
import io.anabranch.job.kafka.TopicSetup;
import io.anabranch.job.output.DeadLetterFormat;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicSetupIT {
  private static final Duration SHORT = Duration.ofSeconds(10);

  @TempDir static Path directory;
  private static EmbeddedBroker broker;
  private static Admin admin;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(directory);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void missingOutputTopicsAreCreatedAndDeadLettersTakeMoreThanTheInput() throws Exception {
    Pipeline pipeline = TestPipeline.at(broker.bootstrap());
    admin
        .createTopics(
            List.of(
                new NewTopic(TestPipeline.INPUT, 3, (short) 1)
                    .configs(Map.of("max.message.bytes", "5000000"))))
        .all()
        .get();
    Map<String, Integer> limits;
    try (Broker asked = Broker.of(pipeline.kafka(), Broker.PATIENCE)) {
      limits = TopicSetup.prepare(asked, pipeline, 4);
      assertThat(TopicSetup.prepare(asked, pipeline, 4)).isEqualTo(limits);
    }
    assertThat(limits)
        .containsEntry("p.dead-letters", 5_000_000 + DeadLetterFormat.ROOM)
        .containsEntry("p.models", 4 << 20);
    assertThat(partitions("p.predictions")).isEqualTo(4);
    assertThat(partitions("p.metrics")).isEqualTo(1);
    assertThat(partitions("p.events")).isEqualTo(1);
    ConfigResource models = new ConfigResource(ConfigResource.Type.TOPIC, "p.models");
    assertThat(
            admin
                .describeConfigs(List.of(models))
                .all()
                .get()
                .get(models)
                .get("cleanup.policy")
                .value())
        .isEqualTo("compact");
  }

  private static int partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  @Test
  void aMissingInputTopicIsNamed() throws Exception {
    Pipeline pipeline = TestPipeline.at(broker.bootstrap(), "nowhere");
    try (Broker asked = Broker.of(pipeline.kafka(), SHORT)) {
      assertThatThrownBy(() -> TopicSetup.prepare(asked, pipeline, 1))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "input topic 'nowhere' does not exist at "
                  + broker.bootstrap()
                  + " (looked for 10 s); create it, or name another one under input.topic");
    }
  }

  @Test
  void aBrokerThatIsNotThereIsNamed() throws Exception {
    Pipeline pipeline = TestPipeline.at("127.0.0.1:1");
    try (Broker asked = Broker.of(pipeline.kafka(), SHORT)) {
      assertThatThrownBy(() -> TopicSetup.prepare(asked, pipeline, 1))
          .isInstanceOf(StartException.class)
          .hasMessage("kafka: no broker could be reached at 127.0.0.1:1 within 10 s");
    }
  }

  @Test
  void aBrokerWithoutAnAddressIsNamed() {
    assertThatThrownBy(
            () -> Broker.of(new Pipeline.Kafka("no.such.host.invalid:9", Map.of()), SHORT))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "kafka: no client can be made for no.such.host.invalid:9:"
                + " No resolvable bootstrap urls given in bootstrap.servers");
  }

  @Test
  void aSecondRunOfAPipelineIsRefusedAndItsOwnJobIsNot() throws Exception {
    Pipeline pipeline = TestPipeline.at(broker.bootstrap(), "leased");
    admin.createTopics(List.of(new NewTopic("leased", 1, (short) 1))).all().get();
    RunLease lease = new RunLease(pipeline);
    JobID job = new JobID(1, 2);
    try (KafkaConsumer<byte[], byte[]> member =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrap(),
                "group.id",
                "p.lease",
                "client.id",
                "p-" + job),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      member.subscribe(List.of("leased"));
      while (member.assignment().isEmpty()) {
        member.poll(Duration.ofMillis(100));
      }
      try (Broker asked = Broker.of(pipeline.kafka(), SHORT)) {
        assertThatThrownBy(() -> lease.awaitFree(asked, Optional.empty()))
            .isInstanceOf(StartException.class)
            .hasMessage(
                "pipeline 'p' is already running (client p-"
                    + job
                    + " at /127.0.0.1): two runs would fence each other's transactions;"
                    + " stop it first, or give this pipeline another name");
      }
      try (Broker asked = Broker.of(pipeline.kafka(), SHORT)) {
        lease.awaitFree(asked, Optional.of(job));
      }
    }
    try (Broker asked = Broker.of(pipeline.kafka(), SHORT)) {
      lease.awaitFree(asked, Optional.empty());
    }
  }
}
