package io.anabranch.operators.ensemble;

import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.learner.Ensemble;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import java.io.Serializable;

/**
 * A learner whose members are spread over subtasks.
 *
 * @param learner the learner's id
 * @param type the learner's type, found through {@link LearnerRegistry}
 * @param settings what the members are made from
 * @param window scored examples per metrics window, at least 1
 * @param holdout which examples are not learned
 * @param drift what watches the errors of each subtask that counts votes
 */
public record EnsembleSpec(
    String learner,
    String type,
    LearnerSettings settings,
    int window,
    Holdout holdout,
    DriftDetection drift)
    implements Serializable {

  /** A learner whose errors nobody watches. */
  public EnsembleSpec(
      String learner, String type, LearnerSettings settings, int window, Holdout holdout) {
    this(learner, type, settings, window, holdout, DriftDetection.NONE);
  }

  /** Checks the range. */
  public EnsembleSpec {
    if (window < 1) {
      throw new IllegalArgumentException("window must be >= 1, got " + window);
    }
  }

  /**
   * The members.
   *
   * @throws IllegalArgumentException when there is no such type, or none that has members
   */
  Ensemble ensemble(ClassLoader loader) {
    return new LearnerRegistry(loader)
        .require(learner, type)
        .ensemble(settings)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "learner '"
                        + learner
                        + "': a "
                        + type
                        + " must have members to be an ensemble"));
  }
}
