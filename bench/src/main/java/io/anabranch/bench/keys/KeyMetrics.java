package io.anabranch.bench.keys;

import io.anabranch.operators.metrics.LearningMetric;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** What all subtasks say of their caches. */
public final class KeyMetrics implements MetricReporter {
  private static final Map<String, Queue<Metric>> METRICS = new ConcurrentHashMap<>();

  /** Makes one for Flink. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new KeyMetrics();
    }
  }

  /** The longest time that records waited for a write-back, of those remembered, in ms. */
  static double longestWriteBackMillis() {
    return of(LearningMetric.WRITE_BACK_SECONDS).stream()
        .mapToDouble(metric -> 1e3 * ((Histogram) metric).getStatistics().getQuantile(1))
        .max()
        .orElse(Double.NaN);
  }

  /** What was counted up to now. */
  static long count(LearningMetric counter) {
    return of(counter).stream().mapToLong(metric -> ((Counter) metric).getCount()).sum();
  }

  private static Queue<Metric> of(LearningMetric metric) {
    return METRICS.getOrDefault(metric.metric(), new ConcurrentLinkedQueue<>());
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    METRICS.computeIfAbsent(name, first -> new ConcurrentLinkedQueue<>()).add(metric);
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
