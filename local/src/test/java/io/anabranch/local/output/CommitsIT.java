package io.anabranch.local.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.local.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES) // who waits for what never ends
class CommitsIT {
  private static final String TOPIC = "shop.predictions";
  private static final int PARTITIONS = 20;
  private static final Duration ANY = Duration.ofDays(1);

  @TempDir Path directory;

  @Test
  void readersSeeAllThatIsCommittedAndWhatIsOpenIsNotWaitedFor() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrap());
      try (Admin admin = Admin.create(client);
          KafkaProducer<String, String> producer = producer(broker, "shop.predictions.a-0-1");
          KafkaProducer<String, String> other = producer(broker, "shop.predictions.b-0-1");
          Consumer<byte[], byte[]> committed = Consumers.readCommitted(client);
          Consumer<byte[], byte[]> all = Consumers.readUncommitted(client)) {
        admin
            .createTopics(
                List.of(
                    new NewTopic(TOPIC, PARTITIONS, (short) 1),
                    new NewTopic("shop.metrics", 1, (short) 1)))
            .all()
            .get();
        for (int commit = 0; commit < 50; commit++) {
          producer.beginTransaction();
          for (int partition = 0; partition < PARTITIONS; partition++) {
            producer.send(new ProducerRecord<>(TOPIC, partition, "", "text"));
          }
          producer.commitTransaction();
          Commits.awaitMarks(admin, "shop.", ANY);
          assertThat(TopicEnds.of(committed, List.of(TOPIC)))
              .hasSize(PARTITIONS)
              .isEqualTo(TopicEnds.of(all, List.of(TOPIC)));
        }

        other.beginTransaction();
        other.send(new ProducerRecord<>("shop.metrics", "text")).get();
        Commits.awaitMarks(admin, "shop.", ANY);
        assertThat(TopicEnds.of(committed, List.of("shop.metrics")))
            .isNotEqualTo(TopicEnds.of(all, List.of("shop.metrics")));
      }
    }
  }

  private static KafkaProducer<String, String> producer(EmbeddedBroker broker, String name) {
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap(), "transactional.id", name),
            new StringSerializer(),
            new StringSerializer());
    producer.initTransactions();
    return producer;
  }
}
