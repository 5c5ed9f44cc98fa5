package io.anabranch.job.pipeline;

import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.exchange.ExchangeCoding;
import io.anabranch.operators.keyed.KeyLimits;
import io.anabranch.operators.keyed.PerKeySpec;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A validated pipeline, all defaults resolved.
 *
 * @param name prefix of topics, consumer group and transactional ids
 * @param evaluationWindow scored examples per metrics window, at least 1
 * @param holdout which examples are scored and not learned
 * @param drift what watches the errors of each learner
 * @param flink native Flink options by their own keys
 * @param configHash hexadecimal SHA-256 of the resolved content, for model manifests
 */
public record Pipeline(
    String name,
    Kafka kafka,
    Input input,
    TargetField target,
    FeatureSpec features,
    List<LearnerEntry> learners,
    int evaluationWindow,
    Holdout holdout,
    DriftDetection drift,
    Map<Output, String> topics,
    Map<Output, Delivery> delivery,
    String controlTopic,
    Map<String, String> flink,
    Checkpoint checkpoint,
    long seed,
    String configHash)
    implements Serializable {

  /** Copies the collections. */
  public Pipeline {
    learners = List.copyOf(learners);
    topics = Map.copyOf(topics);
    delivery = Map.copyOf(delivery);
    flink = Map.copyOf(flink);
  }

  /** Where Kafka is, and properties that reach every client. */
  public record Kafka(String bootstrap, Map<String, String> properties) implements Serializable {
    /** Copies the map. */
    public Kafka {
      properties = Map.copyOf(properties);
    }

    /** Without the values of the properties: passwords are among them. */
    @Override
    public String toString() {
      return "Kafka[bootstrap=" + bootstrap + ", properties=" + properties.keySet() + "]";
    }
  }

  /**
   * The feature stream.
   *
   * @param id the field that identifies a record; absent: topic-partition-offset
   * @param key the field that names the entity
   * @param time the field with the event time (epoch ms or ISO-8601); absent: the Kafka timestamp
   * @param spread whether records are dealt round-robin to the trainers
   */
  public record Input(
      String topic,
      Format format,
      Optional<String> id,
      Optional<String> key,
      Optional<String> time,
      boolean spread)
      implements Serializable {

    private Object writeReplace() {
      return new PortableInput(
          topic,
          format,
          id.stream().toList(),
          key.stream().toList(),
          time.stream().toList(),
          spread);
    }

    /** What travels, because an Optional cannot. */
    private record PortableInput(
        String topic,
        Format format,
        List<String> id,
        List<String> key,
        List<String> time,
        boolean spread)
        implements Serializable {

      private Object readResolve() {
        return new Input(
            topic,
            format,
            id.stream().findFirst(),
            key.stream().findFirst(),
            time.stream().findFirst(),
            spread);
      }
    }
  }

  /** How the bytes of a record are read. */
  public sealed interface Format extends Serializable {
    /** One JSON object per record. */
    record Json() implements Format {}

    /** One line of delimiter-separated values per record; columns in order. */
    record Csv(List<String> columns, char delimiter) implements Format {
      /** Copies the list. */
      public Csv {
        columns = List.copyOf(columns);
      }
    }
  }

  /** The target, the field it is read from, and the field of example weights. */
  public record TargetField(String field, Target target, Optional<String> weight)
      implements Serializable {

    private Object writeReplace() {
      return new PortableTarget(field, target, weight.stream().toList());
    }

    /** What travels, because an Optional cannot. */
    private record PortableTarget(String field, Target target, List<String> weight)
        implements Serializable {

      private Object readResolve() {
        return new TargetField(field, target, weight.stream().findFirst());
      }
    }
  }

  /**
   * One learner.
   *
   * @param key overrides the input's key; {@link KeyChoice.None} = one model
   * @param exchange how deltas and weights travel; used by {@link Placement#SHARED} only
   * @param limits which keys keep their models; used by {@link Placement#PER_KEY} only
   * @param heapBytes about how much of the heap the models of a subtask may take; used by {@link
   *     Placement#PER_KEY} only
   * @param coordinates which hashed coordinates have weights; used by {@link Placement#SHARED} only
   * @param prior the id of the shared learner that new keys start from, "" when they know nothing;
   *     used by {@link Placement#PER_KEY} only
   * @param split whether all subtasks learn records of hot keys; used by {@link Placement#PER_KEY}
   *     only
   */
  public record LearnerEntry(
      String id,
      String type,
      Placement placement,
      KeyChoice key,
      LearnerSettings settings,
      Exchange exchange,
      KeyLimits limits,
      long heapBytes,
      CoordinateLimits coordinates,
      String prior,
      boolean split)
      implements Serializable {
    /** One that keeps every model. */
    public LearnerEntry(
        String id,
        String type,
        Placement placement,
        KeyChoice key,
        LearnerSettings settings,
        Exchange exchange) {
      this(
          id,
          type,
          placement,
          key,
          settings,
          exchange,
          KeyLimits.NONE,
          PerKeySpec.HEAP_SHARE,
          CoordinateLimits.NONE,
          "",
          false);
    }
  }

  /** Which field keys a per-key learner. */
  public sealed interface KeyChoice extends Serializable {
    /** The input's key; one model when it declares none. */
    record Inherited() implements KeyChoice {}

    /** A field of the record. */
    record Field(String name) implements KeyChoice {}

    /** One model for all records. */
    record None() implements KeyChoice {}
  }

  /**
   * When a trainer ships and a shard publishes.
   *
   * @param examples at most this many examples per delta (K), at least 1
   * @param intervalMillis ship what is pending at least this often, milliseconds, at least 1
   * @param publishMillis shards publish changes this often, milliseconds, at least 1
   * @param coding what is left out of changes and weights
   */
  public record Exchange(
      int examples, long intervalMillis, long publishMillis, ExchangeCoding coding)
      implements Serializable {

    /** Nothing is left out. */
    public Exchange(int examples, long intervalMillis, long publishMillis) {
      this(examples, intervalMillis, publishMillis, ExchangeCoding.EXACT);
    }
  }

  /** The output topics. */
  public enum Output {
    PREDICTIONS("predictions"),
    MODELS("models"),
    METRICS("metrics"),
    EVENTS("events"),
    DEAD_LETTERS("dead-letters");

    private final String text;

    Output(String text) {
      this.text = text;
    }

    /** The name in pipeline files and the suffix of the default topic. */
    public String text() {
      return text;
    }
  }

  /** The guarantee of one output. */
  public enum Delivery {
    EXACTLY_ONCE("exactly-once"),
    AT_LEAST_ONCE("at-least-once");

    private final String text;

    Delivery(String text) {
      this.text = text;
    }

    /** The name in pipeline files. */
    public String text() {
      return text;
    }
  }

  /**
   * Checkpointing.
   *
   * @param dir as written; a path relative to the pipeline file, or a URI
   */
  public record Checkpoint(long intervalMillis, String dir) implements Serializable {}

  /** The consumer group of the feature stream. */
  public String consumerGroup() {
    return name;
  }
}
