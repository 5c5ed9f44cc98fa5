package io.anabranch.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class MeteredTest {
  private final MetricGroup operator = new UnregisteredMetricsGroup();

  @Test
  void namesAreWhatPrometheusAsksFor() {
    assertThat(LearningMetric.values())
        .allSatisfy(
            metric ->
                assertThat(metric.metric())
                    .as(metric.name())
                    .matches(
                        switch (metric.kind()) {
                          case COUNTER -> "[a-z_]+_total";
                          case SUMMARY -> "[a-z_]+_seconds";
                          case GAUGE -> "[a-z_]+(?<!_total)";
                        }));
    assertThat(Arrays.stream(LearningMetric.values()).map(LearningMetric::prometheusName))
        .doesNotHaveDuplicates()
        .contains(
            "flink_taskmanager_job_task_operator_anabranch_input_cause_dead_letters_total",
            "flink_taskmanager_job_task_operator_anabranch_learner_predictions_total",
            "flink_taskmanager_job_task_operator_anabranch_learner_figure_window");
  }

  @Test
  void aMetricOfAnotherScopeIsRefused() {
    assertThatThrownBy(() -> Metered.input(operator).counter(LearningMetric.LEARNED))
        .hasMessage("a metric of LEARNER must be in a group of LEARNER, got one of INPUT");
    assertThatThrownBy(() -> Metered.learner(operator, "a").cause("decode"))
        .hasMessage("a metric of INPUT must be in a group of INPUT, got one of LEARNER");
  }

  @Test
  void aMetricOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> Metered.learner(operator, "a").counter(LearningMetric.MODEL_BYTES))
        .hasMessage("model_bytes must be a GAUGE, got a COUNTER");
  }

  @Test
  void everyCallIsCountedAndOneIn256Timed() {
    Counter calls = new SimpleCounter();
    Histogram nanos = new SecondsHistogram();
    TimedCalls timed = new TimedCalls(calls, nanos);

    for (int i = 0; i < 513; i++) {
      timed.end(timed.begin());
    }

    assertThat(calls.getCount()).isEqualTo(513);
    assertThat(nanos.getCount()).isEqualTo(3);
  }

  @Test
  void nanosecondsAreShownAsSeconds() {
    Histogram seconds = new SecondsHistogram();
    seconds.update(1_500_000_000L);
    seconds.update(2_500_000_000L);

    assertThat(seconds.getStatistics().getQuantile(0.01)).isEqualTo(1.5);
    assertThat(seconds.getStatistics().getQuantile(1)).isEqualTo(2.5);
    assertThat(seconds.getStatistics().getMean()).isEqualTo(2);
    assertThat(seconds.getStatistics().getMax()).isEqualTo(2);
    assertThat(seconds.getStatistics().size()).isEqualTo(2);
  }

  @Test
  void aViewOfACountCannotBeChanged() {
    CountView view = new CountView(() -> 7);

    assertThat(view.getCount()).isEqualTo(7);
    assertThatThrownBy(view::inc)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("a view of a count cannot be changed by 1");
  }
}
