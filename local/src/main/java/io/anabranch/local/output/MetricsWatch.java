package io.anabranch.local.output;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the metrics topic for the eye: also what is not committed yet, so that figures are fresh.
 * What counts is read by {@link LatestMetrics}.
 */
public final class MetricsWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsWatch.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, MetricsLine> cumulative = new ConcurrentHashMap<>();
  private final Map<String, MetricsLine> window = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<String, ?> client;
  private final Map<TopicPartition, Long> starts;

  /** Starts following a topic, which exists, from its end. */
  public MetricsWatch(Map<String, ?> client, String topic) {
    this.client = client;
    try (Consumer<byte[], byte[]> consumer = Consumers.readUncommitted(client)) {
      starts = TopicEnds.of(consumer, Set.of(topic));
    }
    Thread thread = new Thread(this::follow, "metrics-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    try (Consumer<byte[], byte[]> consumer = Consumers.readUncommitted(client)) {
      consumer.assign(starts.keySet());
      starts.forEach(consumer::seek);
      while (!closed.get()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          MetricsLine.parse(record.value())
              .ifPresent(
                  line -> (line.cumulative() ? cumulative : window).put(line.learner(), line));
        }
      }
    } catch (KafkaException | IOException e) {
      LOG.warn("metrics are no longer followed", e);
    }
  }

  /** The last cumulative record of a learner. */
  public Optional<MetricsLine> cumulative(String learner) {
    return Optional.ofNullable(cumulative.get(learner));
  }

  /** The last record of a full window of a learner. */
  public Optional<MetricsLine> window(String learner) {
    return Optional.ofNullable(window.get(learner));
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
