package io.anabranch.bench;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.SubtaskStateStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;

/** What Flink's statistics of checkpoints come to. */
public final class Checkpoints {
  private Checkpoints() {}

  /** The longest that a subtask stood still for, in milliseconds. */
  public static long longestSync(CompletedCheckpointStats checkpoint) {
    return syncParts(checkpoint).stream().mapToLong(millis -> millis).max().orElse(0);
  }

  /** What the subtasks with state stood still for, each, in milliseconds. */
  public static List<Long> syncParts(CompletedCheckpointStats checkpoint) {
    List<Long> parts = new ArrayList<>();
    for (TaskStateStats task : checkpoint.getAllTaskStateStats()) {
      for (SubtaskStateStats subtask : task.getSubtaskStats()) {
        if (subtask != null && subtask.getStateSize() > 1 << 20) { // others have next to none
          parts.add(subtask.getSyncCheckpointDuration());
        }
      }
    }
    return parts;
  }
}
