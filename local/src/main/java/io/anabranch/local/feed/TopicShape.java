package io.anabranch.local.feed;

import io.anabranch.job.pipeline.Pipeline;
import java.util.Optional;

/**
 * What a fed topic expects.
 *
 * @param key the field whose text is the Kafka key
 * @param time the field with the event time
 */
public record TopicShape(
    String topic, Pipeline.Format format, Optional<String> key, Optional<String> time) {

  /** The shape of the feature topic. */
  public static TopicShape of(Pipeline.Input input) {
    return new TopicShape(input.topic(), input.format(), input.key(), input.time());
  }
}
