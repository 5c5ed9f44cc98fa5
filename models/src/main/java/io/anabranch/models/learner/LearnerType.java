package io.anabranch.models.learner;

import io.anabranch.models.data.TargetType;
import java.util.Set;

/**
 * What pipeline files and their readers know a type of learner by.
 *
 * @param name what stands under {@code type:}
 * @param description one sentence on what it is
 * @param placements where its models can live
 * @param targets what it can predict
 */
public record LearnerType(
    String name, String description, Set<Placement> placements, Set<TargetType> targets) {

  /** Copies the sets. */
  public LearnerType {
    if (name.isEmpty() || placements.isEmpty() || targets.isEmpty()) {
      throw new IllegalArgumentException(
          "a learner type must have a name, placements and targets, got '%s', %s, %s"
              .formatted(name, placements, targets));
    }
    placements = Set.copyOf(placements);
    targets = Set.copyOf(targets);
  }

  /**
   * The learner as one of this type.
   *
   * @throws IllegalArgumentException when it is of another
   */
  public <L extends Learner> L expect(Class<L> kind, Learner learner) {
    if (!kind.isInstance(learner)) {
      throw new IllegalArgumentException(
          "learner must be a " + name + ", got " + learner.getClass().getName());
    }
    return kind.cast(learner);
  }
}
