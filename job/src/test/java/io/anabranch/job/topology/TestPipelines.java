package io.anabranch.job.topology;

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

/** Pipelines over records {@code {"id","site","day","x","y"}}. */
public final class TestPipelines {
  private TestPipelines() {}

  /** A pipeline of these learners. */
  public static Pipeline of(LearnerEntry... learners) {
    return of(false, Map.of(), "checkpoints", learners);
  }

  /** A pipeline with its checkpoints in this directory. */
  static Pipeline at(String checkpointDir, LearnerEntry... learners) {
    return of(false, Map.of(), checkpointDir, learners);
  }

  /** A pipeline that spreads its records. */
  static Pipeline spread(String checkpointDir, LearnerEntry... learners) {
    return of(true, Map.of(), checkpointDir, learners);
  }

  /** A pipeline with options for Flink. */
  public static Pipeline with(Map<String, String> flink, String checkpointDir) {
    return of(false, flink, checkpointDir, perKey("most", new KeyChoice.Inherited()));
  }

  /** A per-key learner. */
  public static LearnerEntry perKey(String id, KeyChoice key) {
    return entry(id, "majority-class", Placement.PER_KEY, key);
  }

  /** A shared learner. */
  public static LearnerEntry shared(String id) {
    return entry(id, "logistic-regression", Placement.SHARED, new KeyChoice.Inherited());
  }

  /** One model for all records, which is split. */
  public static LearnerEntry split(String id) {
    LearnerEntry whole = entry(id, "majority-class", Placement.PER_KEY, new KeyChoice.None());
    return new LearnerEntry(
        id,
        whole.type(),
        whole.placement(),
        whole.key(),
        whole.settings(),
        whole.exchange(),
        whole.limits(),
        whole.heapBytes(),
        whole.coordinates(),
        whole.prior(),
        true);
  }

  /** An ensemble. */
  public static LearnerEntry ensemble(String id) {
    return entry(id, "online-bagging", Placement.ENSEMBLE, new KeyChoice.Inherited());
  }

  private static LearnerEntry entry(String id, String type, Placement placement, KeyChoice key) {
    return new LearnerEntry(
        id,
        type,
        placement,
        key,
        new LearnerSettings(Target.binary("1"), LearnerSettings.DEFAULT_HASH_BITS, Map.of(), 1),
        new Exchange(5_000, 200, 20));
  }

  private static Pipeline of(
      boolean spread, Map<String, String> flink, String checkpointDir, LearnerEntry... learners) {
    Map<Output, String> topics = new EnumMap<>(Output.class);
    Map<Output, Delivery> delivery = new EnumMap<>(Output.class);
    for (Output output : Output.values()) {
      topics.put(output, "p." + output.text());
      delivery.put(output, Delivery.AT_LEAST_ONCE);
    }
    return new Pipeline(
        "p",
        new Kafka("nowhere:9092", Map.of()),
        new Input(
            "p.features",
            new Format.Json(),
            Optional.of("id"),
            Optional.of("site"),
            Optional.empty(),
            spread),
        new TargetField("y", Target.binary("1"), Optional.empty()),
        new FeatureSpec.Auto(Set.of("y", "id")),
        List.of(learners),
        100,
        Holdout.NONE,
        DriftDetection.NONE,
        topics,
        delivery,
        "p.control",
        flink,
        new Checkpoint(500, checkpointDir),
        1,
        "0".repeat(64));
  }
}
