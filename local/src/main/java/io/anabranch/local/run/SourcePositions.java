package io.anabranch.local.run;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the Kafka sources of jobs in this process have read, from the gauges that they register.
 * Committed offsets would tell the same, but an idle source commits up to ten seconds late: its
 * fetcher looks at the commit only when its poll has timed out.
 */
final class SourcePositions implements MetricReporter {
  private static final String GAUGE = "currentOffset";
  private static final Map<Split, Gauge<?>> READING = new ConcurrentHashMap<>();
  private static final Map<Split, Long> ENDED = new ConcurrentHashMap<>();

  private record Split(String job, TopicPartition partition) {}

  /** The next offset of each partition that a running source has read from since it started. */
  static Map<TopicPartition, Long> reading(JobID job) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    READING.forEach(
        (split, gauge) -> {
          if (split.job().equals(job.toString())) {
            put(split.partition(), offset(gauge), positions);
          }
        });
    return positions;
  }

  /** The same of sources that have ended and were not started again. */
  static Map<TopicPartition, Long> ended(JobID job) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    ENDED.forEach(
        (split, offset) -> {
          if (split.job().equals(job.toString())) {
            put(split.partition(), offset, positions);
          }
        });
    return positions;
  }

  private static void put(
      TopicPartition partition, long lastOffset, Map<TopicPartition, Long> positions) {
    if (lastOffset >= 0) {
      positions.put(partition, lastOffset + 1);
    }
  }

  private static long offset(Gauge<?> gauge) {
    return gauge.getValue() instanceof Number number ? number.longValue() : -1;
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (name.equals(GAUGE) && metric instanceof Gauge<?> gauge) {
      Split split = split(group);
      // A restarted source begins again at its checkpoint: where it was before no longer counts.
      ENDED.remove(split);
      READING.put(split, gauge);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (name.equals(GAUGE) && metric instanceof Gauge<?> gauge) {
      Split split = split(group);
      if (READING.remove(split, gauge)) {
        ENDED.put(split, offset(gauge));
      }
    }
  }

  private static Split split(MetricGroup group) {
    Map<String, String> scope = group.getAllVariables();
    return new Split(
        scope.getOrDefault("<job_id>", ""),
        new TopicPartition(
            scope.getOrDefault("<topic>", ""),
            Integer.parseInt(scope.getOrDefault("<partition>", "-1"))));
  }

  @Override
  public void open(MetricConfig config) {
    // Nothing to be opened: values are read when they are asked for.
  }

  @Override
  public void close() {
    // The positions of jobs that have ended are still asked for.
  }
}
