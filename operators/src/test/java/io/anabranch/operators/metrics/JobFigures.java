package io.anabranch.operators.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;

/** What a finished job said last through its metrics. */
public final class JobFigures {
  private JobFigures() {}

  /** The sum over the subtasks of the shards, in the last attempt of each. */
  public static long ofShards(InMemoryReporter reporter, JobID job, LearningMetric metric) {
    return sum(reporter, job, metric, "-shards");
  }

  /** The sum over the subtasks of the operator whose name ends so, in the last attempt of each. */
  public static long sum(
      InMemoryReporter reporter, JobID job, LearningMetric metric, String operator) {
    Map<String, Tuple3<MetricGroup, String, Metric>> last = new TreeMap<>();
    List<Tuple3<MetricGroup, String, Metric>> found =
        new ArrayList<>(reporter.findJobMetricGroups(job, "^" + metric.metric() + "$"));
    found.removeIf(each -> !each.f0.getAllVariables().get("<operator_name>").endsWith(operator));
    found.sort(Comparator.comparingInt(each -> variable(each.f0, "<task_attempt_num>")));
    found.forEach(each -> last.put(each.f0.getAllVariables().get("<subtask_index>"), each));
    return last.values().stream().mapToLong(each -> value(each.f2)).sum();
  }

  private static long value(Metric metric) {
    return metric instanceof Counter counter
        ? counter.getCount()
        : ((Number) ((Gauge<?>) metric).getValue()).longValue();
  }

  private static int variable(MetricGroup group, String name) {
    return Integer.parseInt(group.getAllVariables().get(name));
  }
}
