package io.anabranch.models.learner;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.MergeRule;
import java.util.List;
import java.util.Optional;

/**
 * A learner type as pipeline files name it; found through {@link java.util.ServiceLoader}, so that
 * a user's jar can add one.
 */
public interface LearnerProvider {

  /** What it is known by. */
  LearnerType about();

  /** The name under {@code type:}. */
  default String type() {
    return about().name();
  }

  /**
   * Whether it reads the groups of a {@link io.anabranch.models.data.FeatureVector}; where no
   * learner does, records travel without them.
   */
  default boolean usesGroups() {
    return false;
  }

  /** Whether it says what doing next to nothing achieves, rather than learning from features. */
  default boolean baseline() {
    return false;
  }

  /** What can be set under {@code hyper:}. */
  List<Hyperparameter> hyperparameters();

  /** Makes an untrained model for one key, compact: many of them live side by side. */
  Learner create(LearnerSettings settings);

  /**
   * Why a learner that can be {@link Placement#SHARED} cannot with these settings, beginning with
   * what goes on after "cannot be shared"; empty when it can.
   */
  default Optional<String> whyNotShared(LearnerSettings settings) {
    return Optional.empty();
  }

  /**
   * Whether all that a shared model knows of a hashed feature lies in the feature's own coordinate,
   * so that each can be admitted and forgotten by itself.
   */
  default boolean knowsByCoordinate() {
    return false;
  }

  /** Makes an untrained replica; empty when the learner cannot be {@link Placement#SHARED}. */
  default Optional<SharedLearner> createShared(LearnerSettings settings) {
    return Optional.empty();
  }

  /** The merge of a shared model; empty when the learner cannot be {@link Placement#SHARED}. */
  default Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return Optional.empty();
  }

  /**
   * All of a model as one delta, of the widths of {@link #mergeRule}: what a shared model starts
   * from. Empty when it cannot be {@link Placement#SHARED}, or when a shared model of the type
   * always begins with nothing.
   */
  default Optional<CoordinateBatch> delta(Learner learner) {
    return Optional.empty();
  }

  /**
   * The members of a model; empty when the learner cannot be {@link Placement#ENSEMBLE}. A model
   * that {@link #create} makes predicts what they do together, when it learns in the same order.
   */
  default Optional<Ensemble> ensemble(LearnerSettings settings) {
    return Optional.empty();
  }

  /**
   * A model for one key that begins with what a shared model of this type knows: it predicts the
   * same, has learned no example itself, and is moved by the key's own as far as they deserve.
   * Empty when the type has no such thing.
   *
   * @param shared a replica, or a model
   * @throws IllegalArgumentException with the reason, when the settings do not fit it
   */
  default Optional<Learner> startFrom(Learner shared, LearnerSettings settings) {
    return Optional.empty();
  }

  /**
   * The model's state in the versioned format of {@code io.anabranch.models.format}; equal models
   * give equal bytes.
   */
  byte[] write(Learner learner);

  /**
   * The model that {@link #write} wrote.
   *
   * @throws IllegalArgumentException with the reason, when the bytes are damaged, of another
   *     learner, of another configuration of coordinates, or of a format version that is not known
   */
  Learner read(byte[] bytes, LearnerSettings settings);
}
