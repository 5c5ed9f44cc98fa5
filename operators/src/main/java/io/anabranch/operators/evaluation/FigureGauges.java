package io.anabranch.operators.evaluation;

import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import io.anabranch.operators.record.MetricsReport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.MetricGroup;

/**
 * The last report's figures as gauges. They come into being with the first report that has them.
 */
final class FigureGauges {
  private final MetricGroup operator;
  private final Map<Place, Double> figures = new ConcurrentHashMap<>();

  private record Place(LearningMetric metric, String learner, String figure) {}

  FigureGauges(MetricGroup operator) {
    this.operator = operator;
  }

  /** Shows a report; a figure that it does not have is no longer defined. */
  void show(LearningMetric metric, MetricsReport report) {
    String learner = report.learner();
    figures.replaceAll(
        (place, before) ->
            place.metric() == metric
                    && place.learner().equals(learner)
                    && !report.figures().containsKey(place.figure())
                ? Double.NaN
                : before);
    report.figures().forEach((figure, value) -> show(new Place(metric, learner, figure), value));
  }

  private void show(Place place, double value) {
    if (figures.put(place, value) == null) {
      Metered.learner(operator, place.learner())
          .figure(place.figure())
          .gauge(place.metric(), () -> figures.getOrDefault(place, Double.NaN));
    }
  }
}
