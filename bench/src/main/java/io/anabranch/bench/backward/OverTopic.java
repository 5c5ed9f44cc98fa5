package io.anabranch.bench.backward;

import io.anabranch.bench.backward.Publications.Lateness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publications through a topic without transactions, which one thread of the process reads. */
final class OverTopic {
  private OverTopic() {}

  static Lateness run(Publications publications, String bootstrap) throws Exception {
    Map<String, Object> brokers = Map.of("bootstrap.servers", bootstrap);
    String topic = "live-weights-" + publications.count();
    try (Admin admin = Admin.create(brokers)) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
    Lateness lateness = new Lateness(publications.total());
    AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    Thread reader =
        new Thread(() -> read(brokers, topic, publications.total(), lateness), "reader");
    reader.start();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrap, "batch.size", 1 << 20, "enable.idempotence", true),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] payload = publications.payload();
      long begun = System.nanoTime();
      for (int publication = 0; publication < publications.count(); publication++) {
        for (int message = 0; message < publications.messages(); message++) {
          byte[] value = publications.message(payload, begun, publication);
          Future<RecordMetadata> unused =
              producer.send(
                  new ProducerRecord<>(topic, value),
                  (metadata, failure) -> {
                    if (failure != null) {
                      failed.compareAndSet(null, failure);
                    }
                  });
        }
      }
    }
    if (failed.get() != null) {
      throw new IllegalStateException("could not publish", failed.get());
    }
    reader.join();
    return lateness;
  }

  private static void read(
      Map<String, Object> brokers, String topic, long count, Lateness lateness) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(brokers, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (lateness.size() < count) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
          lateness.arrived(message.value());
        }
      }
    }
  }
}
