package io.anabranch.operators.keyed;

import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.shared.PriorSpec;
import java.io.Serializable;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.taskmanager.TaskManagerRuntimeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A learner with one model per key.
 *
 * @param learner the learner's id
 * @param type the learner's type, found through {@link io.anabranch.models.learner.LearnerRegistry}
 * @param settings what each model is made from
 * @param key which records share a model
 * @param window scored examples per metrics window, at least 1
 * @param holdout which examples are not learned
 * @param heapBytes about how much of the heap the models of one subtask may take; those that do not
 *     fit wait in state; {@link #HEAP_SHARE} leaves it to the size of the heap
 * @param limits which models are kept
 * @param drift what watches the errors of each subtask
 * @param prior the shared model that new keys start from; without one they know nothing
 */
public record PerKeySpec(
    String learner,
    String type,
    LearnerSettings settings,
    KeyChoice key,
    int window,
    Holdout holdout,
    long heapBytes,
    KeyLimits limits,
    DriftDetection drift,
    @Nullable PriorSpec prior)
    implements Serializable {

  /** When nothing is said of room on the heap: an eighth of it, dealt to the slots. */
  public static final long HEAP_SHARE = 0;

  private static final int HEAP_PART = 8;

  /** Checks the ranges. */
  public PerKeySpec {
    if (window < 1) {
      throw new IllegalArgumentException("window must be >= 1, got " + window);
    }
    if (heapBytes < HEAP_SHARE) {
      throw new IllegalArgumentException("heapBytes must be >= 0, got " + heapBytes);
    }
  }

  /** A learner with the default room on the heap, which keeps every model. */
  public PerKeySpec(
      String learner,
      String type,
      LearnerSettings settings,
      KeyChoice key,
      int window,
      Holdout holdout) {
    this(learner, type, settings, key, window, holdout, HEAP_SHARE, KeyLimits.NONE);
  }

  /** A learner whose errors nobody watches, and whose new keys know nothing. */
  public PerKeySpec(
      String learner,
      String type,
      LearnerSettings settings,
      KeyChoice key,
      int window,
      Holdout holdout,
      long heapBytes,
      KeyLimits limits) {
    this(
        learner,
        type,
        settings,
        key,
        window,
        holdout,
        heapBytes,
        limits,
        DriftDetection.NONE,
        null);
  }

  /** About how much of the heap the models of one subtask in this process may take. */
  long heapBytes(TaskManagerRuntimeInfo process) {
    int slots = process.getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS);
    return heapBytes(Runtime.getRuntime().maxMemory(), slots);
  }

  /**
   * The same.
   *
   * @param heap what there is of it in the process
   * @param slots into how many the process is divided
   */
  long heapBytes(long heap, int slots) {
    return heapBytes == HEAP_SHARE ? Math.max(1, heap / HEAP_PART / slots) : heapBytes;
  }
}
