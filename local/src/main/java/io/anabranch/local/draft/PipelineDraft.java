package io.anabranch.local.draft;

import io.anabranch.models.data.Target;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline file to be written, as far as it depends on the data.
 *
 * @param name the pipeline, a legal Kafka name
 * @param exclude fields that are no features
 * @param features the features by name; empty for all but the excluded ones, by their values
 * @param window scored examples per window
 */
public record PipelineDraft(
    String name,
    Optional<String> id,
    Optional<String> key,
    Optional<String> time,
    String targetField,
    Target target,
    List<String> exclude,
    List<FeatureDraft> features,
    List<LearnerDraft> learners,
    int window) {
  /** Copies the lists. */
  public PipelineDraft {
    exclude = List.copyOf(exclude);
    features = List.copyOf(features);
    learners = List.copyOf(learners);
  }

  /** A field and what its values are taken as. */
  public record FeatureDraft(String field, String type) {}

  /**
   * A learner.
   *
   * @param shared whether it is one model trained by all trainers, because it cannot be per key
   * @param single whether it is one model although the input has a key
   * @param note what it is
   */
  public record LearnerDraft(String id, String type, boolean shared, boolean single, String note) {}

  /** The topic of the features. */
  public String topic() {
    return name + ".features";
  }
}
