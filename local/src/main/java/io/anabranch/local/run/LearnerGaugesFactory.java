package io.anabranch.local.run;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** How Flink, which finds it by {@code ServiceLoader}, makes the reporter. */
public final class LearnerGaugesFactory implements MetricReporterFactory {
  /** For {@code ServiceLoader}. */
  public LearnerGaugesFactory() {}

  @Override
  public LearnerGauges createMetricReporter(Properties properties) {
    return new LearnerGauges();
  }
}
