package io.anabranch.bench.keys;

import io.anabranch.operators.metrics.LearningMetric;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Looks at how long records wait while models are written back before a checkpoint. */
public final class FlushWatch implements MetricReporter {
  private static final Queue<Histogram> FLUSHES = new ConcurrentLinkedQueue<>();

  /** Makes one for Flink. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new FlushWatch();
    }
  }

  /** The longest time of those that the summaries remember, in milliseconds. */
  static double longestMillis() {
    return FLUSHES.stream()
        .mapToDouble(flush -> 1e3 * flush.getStatistics().getQuantile(1))
        .max()
        .orElse(Double.NaN);
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (name.equals(LearningMetric.WRITE_BACK_SECONDS.metric())
        && metric instanceof Histogram flush) {
      FLUSHES.add(flush);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
