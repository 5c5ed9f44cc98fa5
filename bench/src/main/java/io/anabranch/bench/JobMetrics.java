package io.anabranch.bench;

import io.anabranch.operators.metrics.LearningMetric;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** What all subtasks of the jobs in this process say of themselves. */
public final class JobMetrics implements MetricReporter {
  private static final Map<String, Queue<Metric>> METRICS = new ConcurrentHashMap<>();

  /** Makes one for Flink. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new JobMetrics();
    }
  }

  /** Has a cluster report here. */
  public static void addTo(Configuration configuration) {
    configuration.set(MetricOptions.REPORTERS_LIST, "bench");
    configuration.setString("metrics.reporter.bench.factory.class", Factory.class.getName());
  }

  /** The longest of the times that are remembered, in ms. */
  public static double longestMillis(LearningMetric seconds) {
    return of(seconds).stream()
        .mapToDouble(metric -> 1e3 * ((Histogram) metric).getStatistics().getQuantile(1))
        .max()
        .orElse(Double.NaN);
  }

  /** What was counted up to now. */
  public static long count(LearningMetric counter) {
    return of(counter).stream().mapToLong(metric -> ((Counter) metric).getCount()).sum();
  }

  /** The sum of what is there now. */
  public static long sum(LearningMetric gauge) {
    return of(gauge).stream()
        .mapToLong(metric -> ((Number) ((Gauge<?>) metric).getValue()).longValue())
        .sum();
  }

  private static Queue<Metric> of(LearningMetric metric) {
    return named(metric.metric());
  }

  private static Queue<Metric> named(String name) {
    return METRICS.computeIfAbsent(name, first -> new ConcurrentLinkedQueue<>());
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    named(name).add(metric);
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    named(name).remove(metric);
  }
}
