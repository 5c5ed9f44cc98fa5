package io.anabranch.operators.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.record.InputCounts;
import io.anabranch.operators.record.MetricsReport;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class FigureGaugesTest {
  private final Map<String, Gauge<?>> registered = new TreeMap<>();
  private final FigureGauges gauges = new FigureGauges(new Group("operator"));

  /** A group that remembers what is registered under which groups. */
  private final class Group extends UnregisteredMetricsGroup {
    private final String path;

    Group(String path) {
      this.path = path;
    }

    @Override
    public MetricGroup addGroup(String name) {
      return new Group(path + "/" + name);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Group(path + "/" + key + "=" + value);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      assertThat(registered.put(path + "/" + name, gauge)).isNull();
      return gauge;
    }
  }

  private void show(LearningMetric metric, Map<String, Double> figures) {
    gauges.show(
        metric, new MetricsReport("a", 0, 0, 1, 1, InputCounts.NONE, new TreeMap<>(figures)));
  }

  private Object value(String metric, String figure) {
    return registered
        .get("operator/anabranch/learner=a/figure=" + figure + "/" + metric)
        .getValue();
  }

  @Test
  void theLastReportIsShown() {
    show(LearningMetric.WINDOW, Map.of("accuracy", 0.5));
    show(LearningMetric.WINDOW, Map.of("accuracy", 0.75));
    show(LearningMetric.CUMULATIVE, Map.of("accuracy", 0.6));

    assertThat(registered).hasSize(2);
    assertThat(value("window", "accuracy")).isEqualTo(0.75);
    assertThat(value("cumulative", "accuracy")).isEqualTo(0.6);
  }

  @Test
  void aFigureThatIsNoLongerDefinedIsNotANumber() {
    show(LearningMetric.WINDOW, Map.of("accuracy", 0.5, "auc", 0.9));
    show(LearningMetric.CUMULATIVE, Map.of("auc", 0.8));
    show(LearningMetric.WINDOW, Map.of("accuracy", 0.5));

    assertThat(value("window", "auc")).isEqualTo(Double.NaN);
    assertThat(value("cumulative", "auc")).isEqualTo(0.8);
  }
}
