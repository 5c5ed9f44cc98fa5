package io.anabranch.local.output;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Follows the metrics topic for the eye. What counts is read by {@link LatestMetrics}. */
public final class MetricsWatch implements AutoCloseable {
  private final Map<String, MetricsLine> cumulative = new ConcurrentHashMap<>();
  private final Map<String, MetricsLine> window = new ConcurrentHashMap<>();
  private final TopicTail tail;

  /** Starts following a topic, which exists, from its end. */
  public MetricsWatch(Map<String, ?> client, String topic) {
    tail =
        new TopicTail(
            client,
            topic,
            record ->
                MetricsLine.parse(record.value())
                    .ifPresent(
                        line ->
                            (line.cumulative() ? cumulative : window).put(line.learner(), line)));
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
    tail.close();
  }
}
