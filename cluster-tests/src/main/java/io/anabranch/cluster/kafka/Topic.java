package io.anabranch.cluster.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning, as any program would. */
public final class Topic implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String bootstrap;
  private final String name;

  /**
   * A reader at the beginning.
   *
   * @param committed whether what was not committed is left out
   */
  public Topic(String bootstrap, String name, boolean committed) {
    this.bootstrap = bootstrap;
    this.name = name;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                committed ? "read_committed" : "read_uncommitted",
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                "200"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(name).stream()
            .map(info -> new TopicPartition(name, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Takes what there is, waiting a moment for it. Returns whether there was anything. */
  public boolean poll(Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    var records = consumer.poll(POLL);
    records.forEach(taker);
    return !records.isEmpty();
  }

  /**
   * Reads on until a condition holds.
   *
   * @return whether it came to hold before nothing came any more for the time of the patience
   */
  public boolean readUntil(
      BooleanSupplier enough, Duration patience, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    long moved = System.nanoTime();
    while (!enough.getAsBoolean()) {
      if (poll(taker)) {
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > patience.toNanos()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads to where the topic ends now, open transactions included.
   *
   * @return whether the end was reached before nothing came any more for the time of the patience
   */
  public boolean readToEnd(Duration patience, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    Map<TopicPartition, Long> ends = ends();
    return readUntil(
        () -> ends.entrySet().stream().allMatch(end -> position(end.getKey()) >= end.getValue()),
        patience,
        taker);
  }

  private long position(TopicPartition partition) {
    return consumer.position(partition);
  }

  /** The high watermarks: a committed reader's own idea of the end stops at open transactions. */
  private Map<TopicPartition, Long> ends() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      consumer.assignment().forEach(each -> latest.put(each, OffsetSpec.latest()));
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(latest)
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    } catch (ExecutionException e) {
      throw new KafkaException("the end of " + name + " cannot be told", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
