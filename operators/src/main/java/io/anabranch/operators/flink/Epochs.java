package io.anabranch.operators.flink;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.SchedulerExecutionMode;
import org.apache.flink.runtime.execution.Environment;

/**
 * Tells one run of a job from the next: a number that all tasks of a run share and that no other
 * run has, also when a job restarts twice from the same checkpoint.
 *
 * <p>Under the default scheduler that is the id of the execution graph, which is new in each
 * JobManager, and the attempt, which grows with each restart of the region. Under the adaptive
 * scheduler every restart makes a new graph, and after an in-place scale-up old and new subtasks
 * have different attempts: there it is the graph's id alone. (The id of the restored checkpoint
 * repeats.)
 */
public final class Epochs {
  private Epochs() {}

  /** The epoch of a task. */
  public static long of(Environment environment) {
    String execution = environment.getExecutionId().toString();
    // GRAPH_VERTEX_SUBTASK_ATTEMPT; the graph's id has no accessor.
    String graph = execution.substring(0, execution.indexOf('_'));
    Configuration cluster = environment.getTaskManagerInfo().getConfiguration();
    return of(graph, environment.getExecutionId().getAttemptNumber(), isAdaptive(cluster));
  }

  static long of(String graph, int attempt, boolean adaptive) {
    long hash = 0x9e3779b97f4a7c15L;
    for (int i = 0; i < graph.length(); i++) {
      hash = mix(hash ^ graph.charAt(i));
    }
    return adaptive ? hash : mix(hash + attempt);
  }

  /** Whether a cluster's configuration chooses the adaptive scheduler for streaming jobs. */
  static boolean isAdaptive(Configuration cluster) {
    return cluster.get(JobManagerOptions.SCHEDULER_MODE) == SchedulerExecutionMode.REACTIVE
        || cluster.get(JobManagerOptions.SCHEDULER) == JobManagerOptions.SchedulerType.Adaptive;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
