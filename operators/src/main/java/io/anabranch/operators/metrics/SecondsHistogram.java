package io.anabranch.operators.metrics;

import java.util.Arrays;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The last {@value #WINDOW} durations: told nanoseconds, since Flink's histograms take whole
 * numbers, it says seconds, which is Prometheus' unit.
 */
final class SecondsHistogram implements Histogram {
  private static final int WINDOW = 256;
  private static final double NANOS = 1e9;

  private final DescriptiveStatisticsHistogram nanos = new DescriptiveStatisticsHistogram(WINDOW);

  @Override
  public void update(long value) {
    nanos.update(value);
  }

  @Override
  public long getCount() {
    return nanos.getCount();
  }

  @Override
  public HistogramStatistics getStatistics() {
    return new Seconds(nanos.getStatistics());
  }

  /** Whole seconds where Flink wants whole numbers. */
  private static final class Seconds extends HistogramStatistics {
    private final HistogramStatistics nanos;

    Seconds(HistogramStatistics nanos) {
      this.nanos = nanos;
    }

    @Override
    public double getQuantile(double quantile) {
      return nanos.getQuantile(quantile) / NANOS;
    }

    @Override
    public long[] getValues() {
      return Arrays.stream(nanos.getValues()).map(value -> (long) (value / NANOS)).toArray();
    }

    @Override
    public int size() {
      return nanos.size();
    }

    @Override
    public double getMean() {
      return nanos.getMean() / NANOS;
    }

    @Override
    public double getStdDev() {
      return nanos.getStdDev() / NANOS;
    }

    @Override
    public long getMax() {
      return (long) (nanos.getMax() / NANOS);
    }

    @Override
    public long getMin() {
      return (long) (nanos.getMin() / NANOS);
    }
  }
}
