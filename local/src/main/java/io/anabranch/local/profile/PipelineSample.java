package io.anabranch.local.profile;

import java.util.List;
import java.util.Optional;

/**
 * What a sample looks like to a pipeline.
 *
 * @param records read from the file
 * @param complete whether that was all of the file
 * @param decoded records that can be used; the others are dead letters
 * @param deadLetters by reason, the commonest first
 * @param fields that the pipeline looks at, in the order in which they appeared; what stands in
 *     dead letters is not counted
 * @param target the labels
 */
public record PipelineSample(
    long records,
    boolean complete,
    long decoded,
    List<DeadLetters> deadLetters,
    List<SampledField> fields,
    TargetProfile target) {
  /** Copies the lists. */
  public PipelineSample {
    deadLetters = List.copyOf(deadLetters);
    fields = List.copyOf(fields);
  }

  /** What was seen of a field; empty when it never appeared. */
  public Optional<SampledField> field(String name) {
    return fields.stream().filter(field -> field.values().name().equals(name)).findFirst();
  }

  /** How many decoded records lacked a field, or had null there. */
  public long missing(SampledField field) {
    return decoded - field.values().present();
  }
}
