package io.anabranch.local.run;

import io.anabranch.local.view.Status.ModelStatus;
import io.anabranch.operators.metrics.LearningMetric;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/** How fresh the models of jobs in this process are, from the gauges that learners register. */
final class LearnerGauges implements MetricReporter {
  private static final String BEHIND = LearningMetric.EXAMPLES_BEHIND.metric();
  private static final String VERSION = LearningMetric.MODEL_VERSION.metric();
  private static final String MODELS = LearningMetric.MODELS_ON_HEAP.metric();
  private static final Map<Place, Gauge<?>> GAUGES = new ConcurrentHashMap<>();

  private record Place(String job, String operator, String name, String subtask) {}

  /** What is known of a learner's model; empty before its operators have started. */
  static Optional<ModelStatus> of(JobID job, String learner, long nowMillis) {
    String trainer = learner + "-trainer";
    if (values(job, trainer, BEHIND).findAny().isPresent()) {
      long behind = reduce(values(job, trainer, BEHIND), Math::max);
      long version = reduce(values(job, trainer, VERSION), Math::min);
      return Optional.of(
          new ModelStatus.Shared(
              behind,
              version == 0
                  ? Optional.empty()
                  : Optional.of(Duration.ofMillis(Math.max(0, nowMillis - version)))));
    }
    OptionalLong members = sum(job, learner + " members");
    if (members.isPresent()) {
      return Optional.of(new ModelStatus.Ensemble(members.getAsLong()));
    }
    OptionalLong models = sum(job, learner + " models");
    return models.isEmpty()
        ? Optional.empty()
        : Optional.of(new ModelStatus.PerKey(models.getAsLong()));
  }

  private static OptionalLong sum(JobID job, String operator) {
    return values(job, operator, MODELS).reduce(Long::sum);
  }

  private static long reduce(LongStream values, LongBinaryOperator by) {
    return values.reduce(by).orElse(0);
  }

  private static LongStream values(JobID job, String operator, String name) {
    return GAUGES.entrySet().stream()
        .filter(
            gauge ->
                gauge.getKey().job().equals(job.toString())
                    && gauge.getKey().operator().equals(operator)
                    && gauge.getKey().name().equals(name))
        .flatMapToLong(
            gauge ->
                gauge.getValue().getValue() instanceof Number number
                    ? LongStream.of(number.longValue())
                    : LongStream.empty());
  }

  private static Place place(String name, MetricGroup group) {
    Map<String, String> scope = group.getAllVariables();
    return new Place(
        scope.getOrDefault("<job_id>", ""),
        scope.getOrDefault("<operator_name>", ""),
        name,
        scope.getOrDefault("<subtask_index>", ""));
  }

  private static boolean isKnown(String name) {
    return name.equals(BEHIND) || name.equals(VERSION) || name.equals(MODELS);
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (isKnown(name) && metric instanceof Gauge<?> gauge) {
      GAUGES.put(place(name, group), gauge);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (isKnown(name) && metric instanceof Gauge<?> gauge) {
      GAUGES.remove(place(name, group), gauge);
    }
  }

  @Override
  public void open(MetricConfig config) {
    // Nothing to be opened: values are read when they are asked for.
  }

  @Override
  public void close() {
    // Gauges take themselves off when their operators close.
  }
}
