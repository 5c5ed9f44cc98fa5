package io.anabranch.operators.shared;

import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.exchange.Precision;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.exchange.ExchangeCoding;
import java.io.Serializable;
import java.util.Optional;

/**
 * A learner that is placed as {@code shared}.
 *
 * @param learner the learner's id, unique in the job
 * @param type the name of its {@link LearnerProvider}, looked up where the operators run
 * @param settings what the learner is made from
 * @param exchange how often trainers and shards talk
 * @param window scored examples per metrics window, at least 1
 * @param holdout which examples are not learned
 * @param coLocationGroup the group of all trainers' chains and receivers of the job
 * @param parallelism of the trainers, which are chained to the examples, and of all else
 * @param start the model to begin with when there is no state, as {@link LearnerProvider#write}
 *     wrote it; empty to begin with nothing
 * @param drift what watches the errors of each trainer
 * @param limits which hashed coordinates the model keeps weights of
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SharedSpec(
    String learner,
    String type,
    LearnerSettings settings,
    ExchangeSettings exchange,
    int window,
    Holdout holdout,
    String coLocationGroup,
    int parallelism,
    byte[] start,
    DriftDetection drift,
    CoordinateLimits limits)
    implements Serializable {

  /** Checks the ranges. */
  public SharedSpec {
    if (window < 1) {
      throw new IllegalArgumentException("window must be >= 1, got " + window);
    }
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be >= 1, got " + parallelism);
    }
  }

  /** A learner that begins with nothing. */
  public SharedSpec(
      String learner,
      String type,
      LearnerSettings settings,
      ExchangeSettings exchange,
      int window,
      Holdout holdout,
      String coLocationGroup,
      int parallelism) {
    this(
        learner,
        type,
        settings,
        exchange,
        window,
        holdout,
        coLocationGroup,
        parallelism,
        new byte[0],
        DriftDetection.NONE,
        CoordinateLimits.NONE);
  }

  /**
   * The model to begin with, as a delta.
   *
   * @throws IllegalArgumentException when it is damaged, of another learner, or of a type that
   *     always begins with nothing
   */
  Optional<CoordinateBatch> startingDelta(ClassLoader loader) {
    if (start.length == 0) {
      return Optional.empty();
    }
    LearnerProvider provider = provider(loader);
    return Optional.of(
        provider
            .delta(provider.read(start, settings))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "learner '"
                            + learner
                            + "': type '"
                            + type
                            + "' cannot begin with a model")));
  }

  SharedLearner replica(ClassLoader loader) {
    return provider(loader).createShared(settings).orElseThrow(this::notShared);
  }

  MergeRule mergeRule(ClassLoader loader) {
    return provider(loader).mergeRule(settings).orElseThrow(this::notShared);
  }

  /**
   * How precisely truth and deltas travel.
   *
   * @throws IllegalArgumentException when something is to be left out and the learner does not
   *     allow it
   */
  Precision precision(ClassLoader loader) {
    if (exchange.coding().equals(ExchangeCoding.EXACT)) {
      return Precision.FULL;
    }
    Precision least =
        mergeRule(loader)
            .leastPrecision()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "learner '"
                            + learner
                            + "': changes of type '"
                            + type
                            + "' must be exchanged exactly"));
    return exchange.coding().rounded() ? least : Precision.FULL;
  }

  LearnerProvider provider(ClassLoader loader) {
    return new LearnerRegistry(loader).require(learner, type);
  }

  private IllegalArgumentException notShared() {
    return new IllegalArgumentException(
        "learner '" + learner + "': type '" + type + "' cannot be placed as shared");
  }
}
