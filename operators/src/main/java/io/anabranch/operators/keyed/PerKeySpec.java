package io.anabranch.operators.keyed;

import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.shared.PriorSpec;
import java.io.Serializable;
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
 * @param heapBytes about how much of the heap the models of one subtask may take, at least 1; those
 *     that do not fit wait in state
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

  /** Room on the heap when nothing else is said: 64 MiB. */
  public static final long DEFAULT_HEAP_BYTES = 64L << 20;

  /** Checks the ranges. */
  public PerKeySpec {
    if (window < 1) {
      throw new IllegalArgumentException("window must be >= 1, got " + window);
    }
    if (heapBytes < 1) {
      throw new IllegalArgumentException("heapBytes must be >= 1, got " + heapBytes);
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
    this(learner, type, settings, key, window, holdout, DEFAULT_HEAP_BYTES, KeyLimits.NONE);
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
}
