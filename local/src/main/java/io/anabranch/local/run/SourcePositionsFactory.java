package io.anabranch.local.run;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** How Flink, which finds it by {@code ServiceLoader}, makes the reporter. */
public final class SourcePositionsFactory implements MetricReporterFactory {
  /** For {@code ServiceLoader}. */
  public SourcePositionsFactory() {}

  @Override
  public SourcePositions createMetricReporter(Properties properties) {
    return new SourcePositions();
  }
}
