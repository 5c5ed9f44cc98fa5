package io.anabranch.operators.metrics;

import io.anabranch.operators.metrics.LearningMetric.Kind;
import io.anabranch.operators.metrics.LearningMetric.Scope;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** A group of metrics in which only what the registry has can be registered. */
public final class Metered {
  private final MetricGroup group;
  private final Scope scope;

  private Metered(MetricGroup group, Scope scope) {
    this.group = group;
    this.scope = scope;
  }

  /** What an operator says of the input. */
  public static Metered input(MetricGroup operator) {
    return new Metered(operator.addGroup("anabranch").addGroup("input"), Scope.INPUT);
  }

  /** What an operator says of a learner. */
  public static Metered learner(MetricGroup operator, String learner) {
    return new Metered(operator.addGroup("anabranch").addGroup("learner", learner), Scope.LEARNER);
  }

  /** What the input says of one cause of dead letters. */
  public Metered cause(String cause) {
    require(Scope.INPUT);
    return new Metered(group.addGroup("cause", cause), Scope.CAUSE);
  }

  /** What a learner says of one figure. */
  public Metered figure(String figure) {
    require(Scope.LEARNER);
    return new Metered(group.addGroup("figure", figure), Scope.FIGURE);
  }

  /** Registers a counter, and returns it. */
  public Counter counter(LearningMetric metric) {
    return counter(metric, new SimpleCounter());
  }

  /** Registers this counter, and returns it. */
  public <C extends Counter> C counter(LearningMetric metric, C counter) {
    return group.counter(name(metric, Kind.COUNTER), counter);
  }

  /** Registers a count that somebody else keeps; it is read by other threads. */
  public void count(LearningMetric metric, LongSupplier count) {
    counter(metric, new CountView(count));
  }

  /** Registers a gauge; it is read by other threads. */
  public void gauge(LearningMetric metric, Gauge<? extends Number> gauge) {
    group.gauge(name(metric, Kind.GAUGE), gauge);
  }

  /** Registers a summary of seconds, which is told nanoseconds. */
  public Histogram seconds(LearningMetric metric) {
    return group.histogram(name(metric, Kind.SUMMARY), new SecondsHistogram());
  }

  /** Registers a counter of calls and a summary of the time that they take. */
  public TimedCalls timed(LearningMetric calls, LearningMetric seconds) {
    return new TimedCalls(counter(calls), seconds(seconds));
  }

  /** Registers a summary of the time that calls take, which nobody counts. */
  public TimedCalls timed(LearningMetric seconds) {
    return new TimedCalls(new SimpleCounter(), seconds(seconds));
  }

  private String name(LearningMetric metric, Kind kind) {
    require(metric.scope());
    if (metric.kind() != kind) {
      throw new IllegalArgumentException(
          metric.metric() + " must be a " + metric.kind() + ", got a " + kind);
    }
    return metric.metric();
  }

  private void require(Scope wanted) {
    if (scope != wanted) {
      throw new IllegalArgumentException(
          "a metric of " + wanted + " must be in a group of " + wanted + ", got one of " + scope);
    }
  }
}
