package io.anabranch.local.output;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the last committed cumulative record of each learner. */
public final class LatestMetrics {
  /** So far back the last record of each learner is looked for; each reports every second or so. */
  private static final long TAIL = 20_000;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, ?> client;
  private final String topic;

  /** Reads {@code topic} through clients of these settings. */
  public LatestMetrics(Map<String, ?> client, String topic) {
    this.client = client;
    this.topic = topic;
  }

  /** Where the topic ends now: what a run without history starts from. */
  public Map<TopicPartition, Long> ends() {
    try (Consumer<byte[], byte[]> consumer = Consumers.readCommitted(client)) {
      return TopicEnds.of(consumer, Set.of(topic));
    }
  }

  /**
   * The last cumulative record of each learner, by learner.
   *
   * @param from records before these offsets don't count; a partition not named: from its start
   */
  public Map<String, MetricsLine> since(Map<TopicPartition, Long> from) throws IOException {
    Map<String, MetricsLine> latest = new LinkedHashMap<>();
    try (Consumer<byte[], byte[]> consumer = Consumers.readCommitted(client)) {
      Map<TopicPartition, Long> ends = TopicEnds.of(consumer, Set.of(topic));
      consumer.assign(ends.keySet());
      Map<TopicPartition, Long> starts = consumer.beginningOffsets(ends.keySet(), PATIENCE);
      ends.forEach(
          (partition, end) ->
              consumer.seek(
                  partition,
                  Math.max(
                      Math.max(starts.getOrDefault(partition, 0L), end - TAIL),
                      Math.min(end, from.getOrDefault(partition, 0L)))));
      while (!reached(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          MetricsLine.parse(record.value())
              .filter(MetricsLine::cumulative)
              .ifPresent(line -> latest.put(line.learner(), line));
        }
      }
    }
    return latest;
  }

  private static boolean reached(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue());
  }
}
