package io.anabranch.operators.keyed;

import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import java.io.Serializable;

/**
 * A learner with one model per key.
 *
 * @param learner the learner's id
 * @param type the learner's type, found through {@link io.anabranch.models.learner.LearnerRegistry}
 * @param settings what each model is made from
 * @param key which records share a model
 * @param window scored examples per metrics window, at least 1
 * @param holdout which examples are not learned
 * @param heapModels most models of one subtask on the heap, at least 1; the others wait in state
 * @param expireMillis for how long a key that is not seen keeps its model, at least 1; {@link
 *     #NEVER} for as long as the job's state
 */
public record PerKeySpec(
    String learner,
    String type,
    LearnerSettings settings,
    KeyChoice key,
    int window,
    Holdout holdout,
    int heapModels,
    long expireMillis)
    implements Serializable {

  /** Models do not expire. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Room on the heap when nothing else is said. */
  public static final int DEFAULT_HEAP_MODELS = 10_000;

  /** Checks the ranges. */
  public PerKeySpec {
    if (window < 1) {
      throw new IllegalArgumentException("window must be >= 1, got " + window);
    }
    if (heapModels < 1) {
      throw new IllegalArgumentException("heapModels must be >= 1, got " + heapModels);
    }
    if (expireMillis < 1) {
      throw new IllegalArgumentException("expire must be >= 1 ms, got " + expireMillis);
    }
  }

  /** A learner with the default room on the heap, whose models do not expire. */
  public PerKeySpec(
      String learner,
      String type,
      LearnerSettings settings,
      KeyChoice key,
      int window,
      Holdout holdout) {
    this(learner, type, settings, key, window, holdout, DEFAULT_HEAP_MODELS, NEVER);
  }
}
