package io.anabranch.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.local.feed.InputTopics;
import io.anabranch.modellog.Manifest;
import io.anabranch.modellog.ModelLog;
import io.anabranch.modellog.ModelLogException;
import io.anabranch.modellog.ModelLogReader;
import io.anabranch.modellog.ModelLogWriter;
import io.anabranch.models.format.BlockState;
import io.anabranch.models.format.ModelFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models topic on a real broker, with transactions that commit, abort and stay open. */
class ModelsTopicIT {
  private static final String TOPIC = "p.models";
  private static final String TYPE = "logistic-regression";
  private static final ModelLogWriter WRITER = new ModelLogWriter(TOPIC, "p");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  @Test
  void whatWasCommittedIsReadToTheEnd() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      NewTopic topic = new NewTopic(TOPIC, 3, (short) 1);
      admin.createTopics(List.of(topic.configs(Map.of("cleanup.policy", "compact")))).all().get();
      new InputTopics(admin).ends(Set.of(TOPIC)); // known to the broker too
      ModelLogReader committed = reader(broker, Map.of());
      assertThat(committed.read(TOPIC).learners()).isEmpty();

      try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
        producer.initTransactions();
        producer.beginTransaction();
        for (int block = 0; block < 50; block++) {
          producer.send(WRITER.block("lr", "0-" + block, 1, block(block, 1)));
        }
        Manifest manifest =
            Manifest.of(
                "p",
                "lr",
                TYPE,
                2,
                1,
                100,
                Map.of("p.features-0", 100L),
                "hash",
                Map.of("0-7", ModelFrame.checksumIn(block(7, 1))));
        producer.send(WRITER.manifest(manifest));
        producer.commitTransaction();

        producer.beginTransaction();
        producer.send(WRITER.block("lr", "0-7", 3, block(7, 2)));
        producer.abortTransaction();
        Transactions.awaitMarks(admin);

        ModelLog log = committed.read(TOPIC);
        assertThat(value(log, "0-7")).as("not the aborted one").contains(1f);
        assertThat(log.learner("p", "lr").orElseThrow().blocks()).hasSize(50);
        assertThat(log.learner("p", "lr").orElseThrow().manifest()).contains(manifest);
        assertThat(log.learner("p", "lr").orElseThrow().missing()).isEmpty();

        producer.beginTransaction();
        producer.send(WRITER.block("lr", "0-7", 3, block(7, 3))).get();
        assertThat(value(committed.read(TOPIC), "0-7")).as("not the open one").contains(1f);
        ModelLogReader all = reader(broker, Map.of("isolation.level", "read_uncommitted"));
        assertThat(value(all.read(TOPIC), "0-7")).as("the open one").contains(3f);
        producer.abortTransaction();
      }

      assertThatThrownBy(() -> committed.read("p.modells"))
          .isInstanceOf(ModelLogException.class)
          .hasMessage("models topic 'p.modells' must exist, got none of that name");
    }
  }

  @Test
  void anUnreachableBrokerIsAnError() throws Exception {
    int port;
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      port = broker.port();
    }
    ModelLogReader reader =
        new ModelLogReader(Map.of("bootstrap.servers", "localhost:" + port), Duration.ofSeconds(1));
    assertThatThrownBy(() -> reader.read(TOPIC))
        .isInstanceOf(ModelLogException.class)
        .hasMessageStartingWith("models topic 'p.models' can't be read: ");
  }

  private static Optional<Float> value(ModelLog log, String block) {
    return log.learner("p", "lr")
        .map(lr -> lr.blocks().get(block))
        .map(live -> BlockState.decode(live.payload(), TYPE).values()[0]);
  }

  private static byte[] block(int block, float value) {
    float[] values = new float[BlockState.COORDINATES];
    values[0] = value;
    return new BlockState(0, block, 1, 1, values, 0, new int[0], new double[0]).encode(TYPE);
  }

  private static ModelLogReader reader(EmbeddedBroker broker, Map<String, String> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("bootstrap.servers", broker.bootstrap());
    return new ModelLogReader(properties, PATIENCE);
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrap(), "transactional.id", "p-models"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
