package io.anabranch.local.run;

import io.anabranch.job.pipeline.Pipeline;
import java.util.Map;

/** A pipeline as it runs on the embedded broker. */
final class EmbeddedPipeline {
  private EmbeddedPipeline() {}

  /**
   * The same pipeline at another broker. Its Kafka properties are for the one it names: dropped.
   */
  static Pipeline at(Pipeline pipeline, String bootstrap) {
    return new Pipeline(
        pipeline.name(),
        new Pipeline.Kafka(bootstrap, Map.of()),
        pipeline.input(),
        pipeline.target(),
        pipeline.features(),
        pipeline.learners(),
        pipeline.evaluationWindow(),
        pipeline.holdout(),
        pipeline.drift(),
        pipeline.topics(),
        pipeline.delivery(),
        pipeline.controlTopic(),
        pipeline.flink(),
        pipeline.checkpoint(),
        pipeline.seed(),
        pipeline.configHash());
  }
}
