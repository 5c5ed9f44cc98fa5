package io.anabranch.local.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anabranch.local.broker.Transactions;
import io.anabranch.local.feed.InputTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes and reads topics as other programs would. */
final class Topics implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final String bootstrap;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  Topics(String bootstrap) {
    this.bootstrap = bootstrap;
    admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "max.request.size", 32 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void create(String topic, int partitions) throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    new InputTopics(admin).ends(Set.of(topic)); // known to the broker too
  }

  void produce(String topic, String key, String value) {
    produce(topic, key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  void produce(String topic, byte[] key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key, value));
  }

  /** Waits until a reader sees what producers were told is committed. */
  void awaitMarks() throws ExecutionException, InterruptedException {
    Transactions.awaitMarks(admin);
  }

  void flush() {
    producer.flush();
  }

  /**
   * All records that a read-committed reader sees, as soon as they are enough.
   *
   * @throws AssertionError when they never are
   */
  List<ConsumerRecord<byte[], byte[]>> readUntil(
      String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough)
      throws ExecutionException, InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
      while (!enough.test(records)) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError(
              topic + " is not enough after " + LONGEST_WAIT + ": " + records.size() + " records");
        }
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
