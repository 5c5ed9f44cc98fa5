package io.anabranch.local.output;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a topic for the eye, from its end and on a thread of its own: also what is not committed
 * yet, so that what is shown is fresh.
 */
final class TopicTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<String, ?> client;
  private final String topic;
  private final Reader reader;
  private final Map<TopicPartition, Long> starts;

  /** Takes one record. */
  interface Reader {
    void read(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  /** Starts following a topic, which exists. */
  TopicTail(Map<String, ?> client, String topic, Reader reader) {
    this.client = client;
    this.topic = topic;
    this.reader = reader;
    try (Consumer<byte[], byte[]> consumer = Consumers.readUncommitted(client)) {
      starts = TopicEnds.of(consumer, Set.of(topic));
    }
    Thread thread = new Thread(this::follow, "tail-" + topic);
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    try (Consumer<byte[], byte[]> consumer = Consumers.readUncommitted(client)) {
      consumer.assign(starts.keySet());
      starts.forEach(consumer::seek);
      while (!closed.get()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          reader.read(record);
        }
      }
    } catch (KafkaException | IOException e) {
      LOG.warn("{} is no longer followed", topic, e);
    }
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
