package io.anabranch.local.job;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.Checkpoint;
import io.anabranch.job.pipeline.Pipeline.Delivery;
import io.anabranch.job.pipeline.Pipeline.Exchange;
import io.anabranch.job.pipeline.Pipeline.Format;
import io.anabranch.job.pipeline.Pipeline.Input;
import io.anabranch.job.pipeline.Pipeline.Kafka;
import io.anabranch.job.pipeline.Pipeline.KeyChoice;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.job.pipeline.Pipeline.Output;
import io.anabranch.job.pipeline.Pipeline.TargetField;
import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.metrics.Holdout;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A pipeline of two learners over {@code p.features}, with all outputs. */
final class TestPipeline {
  static final String INPUT = "p.features";

  private TestPipeline() {}

  static Pipeline at(String bootstrap) {
    return at(bootstrap, INPUT);
  }

  static Pipeline at(String bootstrap, String input) {
    LearnerSettings settings =
        new LearnerSettings(Target.binary("1"), LearnerSettings.DEFAULT_HASH_BITS, Map.of(), 1);
    Map<Output, String> topics = new EnumMap<>(Output.class);
    Map<Output, Delivery> delivery = new EnumMap<>(Output.class);
    for (Output output : Output.values()) {
      topics.put(output, "p." + output.text());
      delivery.put(
          output,
          output == Output.MODELS || output == Output.EVENTS
              ? Delivery.AT_LEAST_ONCE
              : Delivery.EXACTLY_ONCE);
    }
    return new Pipeline(
        "p",
        new Kafka(bootstrap, Map.of()),
        new Input(
            input,
            new Format.Json(),
            Optional.of("id"),
            Optional.of("site"),
            Optional.empty(),
            false),
        new TargetField("y", Target.binary("1"), Optional.empty()),
        new FeatureSpec.Auto(Set.of("y", "id")),
        List.of(
            new LearnerEntry(
                "lr",
                "logistic-regression",
                Placement.SHARED,
                new KeyChoice.Inherited(),
                settings,
                new Exchange(5_000, 200, 20)),
            new LearnerEntry(
                "most",
                "majority-class",
                Placement.PER_KEY,
                new KeyChoice.Inherited(),
                settings,
                new Exchange(5_000, 200, 20))),
        1_000,
        Holdout.NONE,
        DriftDetection.NONE,
        topics,
        delivery,
        "p.control",
        Map.of(),
        new Checkpoint(500, "checkpoints"),
        1,
        "0".repeat(64));
  }
}
