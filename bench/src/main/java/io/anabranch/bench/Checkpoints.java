package io.anabranch.bench;

import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.SubtaskStateStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;

/** What Flink's statistics of checkpoints come to. */
public final class Checkpoints {
  private Checkpoints() {}

  /** The longest that a subtask stood still for, in milliseconds. */
  public static long longestSync(CompletedCheckpointStats checkpoint) {
    long longest = 0;
    for (TaskStateStats task : checkpoint.getAllTaskStateStats()) {
      for (SubtaskStateStats subtask : task.getSubtaskStats()) {
        longest = Math.max(longest, subtask == null ? 0L : subtask.getSyncCheckpointDuration());
      }
    }
    return longest;
  }
}
