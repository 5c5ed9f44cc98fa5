package io.anabranch.modellog;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a models topic from its begin to where it ended when reading began. Needs no Flink, joins
 * no consumer group and commits nothing. All that is live is held in memory.
 *
 * <pre>
 * ModelLog log = new ModelLogReader(Map.of("bootstrap.servers", "localhost:9092"), patience)
 *     .read("elec2.models");
 * log.learner("elec2", "lr").ifPresent(lr -&gt; lr.blocks().values().forEach(…));
 * </pre>
 */
public final class ModelLogReader {
  private final Map<String, Object> properties;
  private final Duration patience;

  /**
   * A reader.
   *
   * @param properties of a Kafka consumer; {@code isolation.level} is {@code read_committed} unless
   *     given
   * @param patience how long to wait for an answer or for the next record
   */
  public ModelLogReader(Map<String, ?> properties, Duration patience) {
    this.properties = new HashMap<>(properties);
    this.properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.patience = patience;
  }

  /**
   * Reads a topic.
   *
   * @throws ModelLogException when the topic does not exist, can't be reached, or does not go on
   *     within the patience; records that can't be used are in the result instead
   */
  public ModelLog read(String topic) {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return read(topic, consumer, patience);
    } catch (KafkaException e) {
      throw new ModelLogException(
          "models topic '" + topic + "' can't be read: " + e.getMessage(), e);
    }
  }

  static ModelLog read(String topic, Consumer<byte[], byte[]> consumer, Duration patience) {
    List<TopicPartition> partitions = partitions(topic, consumer, patience);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
    LogContents contents = new LogContents();
    long position = position(consumer, ends, patience);
    while (isBehind(consumer, ends, patience)) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        contents.add(record);
      }
      // A poll may well move on without a record, past what an aborted transaction left.
      long moved = position(consumer, ends, patience);
      if (records.isEmpty() && moved == position) {
        throw new ModelLogException(
            "models topic '%s' must be readable to its end, got nothing for %s at %s of %s"
                .formatted(topic, patience, positions(consumer, ends, patience), ends));
      }
      position = moved;
    }
    return contents.log();
  }

  private static List<TopicPartition> partitions(
      String topic, Consumer<byte[], byte[]> consumer, Duration patience) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic, patience);
    if (partitions == null || partitions.isEmpty()) {
      throw new ModelLogException("models topic '" + topic + "' must exist, got none of that name");
    }
    return partitions.stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private static boolean isBehind(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Duration patience) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), patience) < end.getValue());
  }

  private static long position(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Duration patience) {
    return positions(consumer, ends, patience).values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<TopicPartition, Long> positions(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Duration patience) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    ends.keySet()
        .forEach(partition -> positions.put(partition, consumer.position(partition, patience)));
    return positions;
  }
}
