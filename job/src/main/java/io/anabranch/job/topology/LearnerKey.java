package io.anabranch.job.topology;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.KeyChoice.Field;
import io.anabranch.job.pipeline.Pipeline.KeyChoice.None;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.keyed.KeyChoice;
import java.util.List;
import java.util.Optional;

/**
 * Which key the records of a learner have.
 *
 * @param field the field, when it is another one than the input's key
 * @param present whether the records have a key at all
 * @param choice which records share a model, when the learner is per key
 */
public record LearnerKey(Optional<String> field, boolean present, KeyChoice choice) {

  /** What the pipeline says of a learner. What is not per key is one model, whatever the keys. */
  public static LearnerKey of(Pipeline pipeline, LearnerEntry learner) {
    Optional<String> declared = pipeline.input().key();
    if (learner.placement() != Placement.PER_KEY) {
      return new LearnerKey(Optional.empty(), declared.isPresent(), KeyChoice.ONE);
    }
    if (learner.key() instanceof Field field && !declared.equals(Optional.of(field.name()))) {
      return new LearnerKey(Optional.of(field.name()), true, KeyChoice.ENTITY);
    }
    boolean single = learner.key() instanceof None || declared.isEmpty();
    return new LearnerKey(
        Optional.empty(), declared.isPresent(), single ? KeyChoice.ONE : KeyChoice.ENTITY);
  }

  /** The fields, other than the input's key, by which some learner's records are keyed. */
  public static List<String> otherFields(Pipeline pipeline) {
    return pipeline.learners().stream()
        .flatMap(learner -> of(pipeline, learner).field().stream())
        .distinct()
        .toList();
  }
}
