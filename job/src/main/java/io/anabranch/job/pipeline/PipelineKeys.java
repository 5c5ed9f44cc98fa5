package io.anabranch.job.pipeline;

import static io.anabranch.job.pipeline.ConfigKey.key;
import static io.anabranch.job.pipeline.ConfigKey.notBuilt;
import static io.anabranch.job.pipeline.ConfigKey.section;

import io.anabranch.job.pipeline.ConfigKey.Kind;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.keyed.KeyLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every key that a pipeline file may have; the only place where their defaults are written. */
public final class PipelineKeys {
  private static final List<String> DELIVERIES = List.of("exactly-once", "at-least-once");

  private static final ConfigKey KAFKA =
      section(
          "kafka",
          "Where Kafka is.",
          key("bootstrap", Kind.TEXT, "Bootstrap servers, host:port, separated by commas.")
              .defaultsTo("${KAFKA_BOOTSTRAP:localhost:9092}"),
          key("properties", Kind.OPEN_SECTION, "Kafka's own properties; they reach every client."));

  private static final ConfigKey INPUT =
      section(
              "input",
              "The stream of feature records.",
              key("topic", Kind.KAFKA_NAME, "The topic that is read.").isRequired(),
              key("format", Kind.CHOICE, "How the bytes of a record are read.")
                  .defaultsTo("json")
                  .choices(List.of("json", "csv"), List.of("avro", "avro-registry")),
              key(
                  "columns",
                  Kind.TEXTS,
                  "csv: the names of the columns, in order; required there."),
              key("delimiter", Kind.TEXT, "csv: the character between two cells.").defaultsTo(","),
              notBuilt("schema", "avro: the schema of the records."),
              notBuilt("registry", "avro-registry: the address of the schema registry."),
              key(
                  "id",
                  Kind.FIELD,
                  "Identifies the record; without it topic-partition-offset does."),
              key(
                  "key",
                  Kind.FIELD,
                  "The entity that a record belongs to; a record without it is a dead letter."),
              key(
                  "time",
                  Kind.FIELD,
                  "The event time, epoch ms or ISO-8601; without it Kafka's timestamp."),
              key("spread", Kind.BOOLEAN, "Whether records are dealt round-robin to the trainers.")
                  .defaultsTo("false"))
          .isRequired();

  private static final ConfigKey TARGET =
      section(
              "target",
              "What is predicted.",
              key("field", Kind.FIELD, "The label; required unless type is none."),
              key("type", Kind.CHOICE, "The kind of value.")
                  .isRequired()
                  .choices(List.of("binary", "multiclass", "numeric", "none"), List.of()),
              key(
                  "positive",
                  Kind.TEXT,
                  "binary: the label of the positive class, required there; all others are negative."),
              key(
                  "classes",
                  Kind.TEXTS,
                  "multiclass: the only labels there are, another one is a dead letter; without it new"
                      + " classes join."),
              key("weight", Kind.FIELD, "The weight of an example, finite and >= 0; without it 1."))
          .isRequired();

  /** The keys of a listed feature of one field. */
  static final ConfigKey FEATURE =
      section(
          "feature",
          "A feature of one field.",
          key("field", Kind.FIELD, "The field of the record.").isRequired(),
          key("type", Kind.CHOICE, "What the value is taken as.")
              .isRequired()
              .choices(List.of("numeric", "categorical", "text", "map", "vector"), List.of()),
          key(
                  "scale",
                  Kind.CHOICE,
                  "numeric, vector: how learners that scale their inputs do it, each model by"
                      + " statistics of its own; robust per key only.")
              .defaultsTo("standard")
              .choices(List.of("none", "standard", "min-max", "robust"), List.of()),
          key("clip", Kind.RANGE, "numeric, vector: what is outside is moved to the nearer bound."),
          key(
                  "missing",
                  Kind.CHOICE,
                  "numeric, categorical: what stands for a missing value; nothing, the mean (numeric,"
                      + " with scale: standard or robust), or a category that says so.")
              .defaultsTo("skip")
              .choices(List.of("skip", "mean", "indicator"), List.of()),
          key("ngrams", Kind.INTEGER, "text: sequences of 1 to so many words are counted.")
              .defaultsTo("1")
              .between(1, FeatureSpec.Text.MOST_NGRAMS),
          hash("categorical, text, map: values, words or names are hashed into 2^hash at most."));

  /** The keys of a listed feature that crosses several fields. */
  static final ConfigKey CROSS =
      section(
          "feature",
          "The combination of the values of several fields, as one category.",
          key("cross", Kind.FIELDS, "The fields, at least two.").isRequired(),
          hash("Combinations are hashed into 2^hash at most."));

  /** The keys of {@code features: {auto: …}}. */
  static final ConfigKey AUTO =
      section("features", "Features by the types of the values that arrive.")
          .with(
              section(
                  "auto",
                  "Every top-level field but the target, id, time, weight and excluded ones.",
                  key("exclude", Kind.TEXTS, "Fields that are no features."),
                  hash("Texts of a field, or names in it, are hashed into 2^hash at most.")));

  private static final ConfigKey EXCHANGE =
      section(
          "exchange",
          "shared: how changes and weights travel.",
          key("examples", Kind.INTEGER, "A trainer ships after at most this many examples.")
              .defaultsTo("5000")
              .between(1, Integer.MAX_VALUE),
          key("interval", Kind.DURATION, "A trainer ships what is pending at least this often.")
              .defaultsTo("200ms")
              .between(1, Long.MAX_VALUE),
          key(
                  "publish",
                  Kind.DURATION,
                  "Shards publish changed weights this often, and up to five times as seldom while more than two million weights change per second.")
              .defaultsTo("20ms")
              .between(1, Long.MAX_VALUE),
          key(
                  "floats",
                  Kind.CHOICE,
                  "How weights and their changes travel; 16-bit rounds, in transit only.")
              .defaultsTo("32-bit")
              .choices(List.of("32-bit", "16-bit"), List.of()),
          key(
                  "hold",
                  Kind.FRACTION,
                  "The fraction of a grown model's changes, the smallest, that a trainer keeps back until they add up.")
              .defaultsTo("0"));

  private static final ConfigKey LEARNERS =
      key("learners", Kind.SECTIONS, "The learners; each predicts and learns from every record.")
          .with(
              key("id", Kind.TEXT, "The learner's name, unique in this pipeline: A-Z a-z 0-9 . _ -")
                  .isRequired(),
              key("type", Kind.TEXT, "The kind of learner.").isRequired(),
              key("placement", Kind.CHOICE, "Where the model lives.")
                  .defaultsTo("per-key")
                  .choices(List.of("shared", "per-key", "ensemble"), List.of()),
              key(
                  "key",
                  Kind.FIELD,
                  "per-key: a field instead of input.key, or none for one model."),
              key("hyper", Kind.OPEN_SECTION, "The hyperparameters of the type."),
              EXCHANGE,
              section(
                  "admit",
                  "shared: what a hashed coordinate takes to join the model.",
                  key(
                          "count",
                          Kind.INTEGER,
                          "shared: a hashed coordinate joins the model when it has occurred so"
                              + " often; at once, unless set.")
                      .isRequired()
                      .between(2, CoordinateLimits.MOST_COUNT)),
              key(
                      "expire",
                      Kind.DURATION,
                      "per-key: forgets the model of a key that was not seen for so long; shared:"
                          + " the weights of a hashed coordinate that did not occur for so long."
                          + " Only time in which the job ran counts. Never, unless set.")
                  .between(1, KeyLimits.LONGEST_EXPIRY),
              key(
                      "entries",
                      Kind.INTEGER,
                      "per-key: most keys that have a model; the one not seen for longest is"
                          + " forgotten for a new one. Any number, unless set.")
                  .between(KeyLimits.LEAST_ENTRIES, Long.MAX_VALUE - 1),
              key(
                      "heap",
                      Kind.SIZE,
                      "per-key: about how much of the heap the models of each subtask may take; the"
                          + " others wait in the state backend. An eighth of the heap of each"
                          + " TaskManager, dealt to its slots, unless set.")
                  .between(1 << 20, Long.MAX_VALUE),
              key(
                      "split",
                      Kind.BOOLEAN,
                      "per-key: lets all subtasks learn records of hot keys, for a learner whose"
                          + " model is sums.")
                  .defaultsTo("false"),
              key(
                  "prior",
                  Kind.TEXT,
                  "per-key: the id of a shared learner of the same type, from whose model new keys"
                      + " start; untrained, unless set."))
          .isRequired();

  private static final ConfigKey DRIFT =
      section(
          "drift",
          "What watches for changes of the stream.",
          key(
                  "detector",
                  Kind.CHOICE,
                  "What watches the prequential error of each learner, in each subtask.")
              .defaultsTo(DriftDetection.NONE.text())
              .choices(
                  Arrays.stream(DriftDetection.values()).map(DriftDetection::text).toList(),
                  List.of("eddm", "hddm-a", "hddm-w", "kswin")),
          key("action", Kind.CHOICE, "What follows, beside the metrics.")
              .defaultsTo("none")
              .choices(List.of("none"), List.of("event", "reset", "replace")));

  /** The keys of {@code delivery} when it is a section. */
  static final ConfigKey DELIVERY =
      section(
          "delivery",
          "The guarantee of each output; a single word stands for predictions, metrics and"
              + " dead-letters.",
          delivery("predictions", "exactly-once"),
          delivery("models", "at-least-once"),
          delivery("metrics", "exactly-once"),
          delivery("events", "at-least-once"),
          delivery("dead-letters", "exactly-once"));

  private static final ConfigKey OUTPUT =
      section(
          "output",
          "The topics that are written.",
          output("predictions", "Predictions."),
          output("models", "Live weights and manifests; compacted."),
          output("metrics", "Prequential figures."),
          output("events", "What happened to the learners; nothing is written to it yet."),
          output("dead-letters", "Records that could not be used, with the reason."));

  private static final ConfigKey CHECKPOINT =
      section(
          "checkpoint",
          "Checkpointing.",
          key("interval", Kind.DURATION, "The time between two checkpoints.")
              .defaultsTo("10s")
              .between(10, Long.MAX_VALUE),
          key("dir", Kind.TEXT, "A directory, relative to this file, or a URI.")
              .defaultsTo("checkpoints"));

  /** The whole file. */
  public static final ConfigKey ROOT =
      section(
          "",
          "A pipeline.",
          key(
                  "pipeline",
                  Kind.KAFKA_NAME,
                  "Prefix of topics, consumer group and transactional ids.")
              .isRequired(),
          KAFKA,
          INPUT,
          notBuilt("labels", "A stream of labels of its own."),
          TARGET,
          key(
                  "features",
                  Kind.FORMS,
                  "auto, {auto: {exclude: [FIELD, …]}}, or a list of features, see below.")
              .defaultsTo("auto"),
          LEARNERS,
          section(
              "evaluation",
              "How predictions are scored.",
              key("window", Kind.INTEGER, "Scored examples per window of the metrics.")
                  .defaultsTo("1000")
                  .between(1, Integer.MAX_VALUE),
              key(
                      "holdout",
                      Kind.FRACTION,
                      "The fraction of examples that are predicted and scored, but never learned.")
                  .defaultsTo("0")),
          DRIFT,
          OUTPUT,
          key(
              "control",
              Kind.KAFKA_NAME,
              "The topic of control commands; PIPELINE.control. Nothing reads it yet."),
          key("delivery", Kind.FORMS, "The guarantee of the outputs, see below."),
          key("flink", Kind.OPEN_SECTION, "Flink's own options, nested or by their full keys."),
          CHECKPOINT,
          key("seed", Kind.INTEGER, "The seed of all randomness.").defaultsTo("1"));

  /**
   * What a key of several forms may be.
   *
   * @param words single values
   * @param section the section it may be
   * @param entries what each entry of the list that it may be can be; empty when it is no list
   */
  record Forms(List<String> words, Optional<ConfigKey> section, List<ConfigKey> entries) {
    /** Copies the lists. */
    Forms {
      words = List.copyOf(words);
      entries = List.copyOf(entries);
    }
  }

  private PipelineKeys() {}

  /** The forms of a top-level key of kind {@link Kind#FORMS}. */
  static Forms forms(String key) {
    return switch (key) {
      case "features" -> new Forms(List.of("auto"), Optional.of(AUTO), List.of(FEATURE, CROSS));
      case "delivery" -> new Forms(DELIVERIES, Optional.of(DELIVERY), List.of());
      default -> throw new IllegalArgumentException("key '" + key + "' has no forms declared");
    };
  }

  private static ConfigKey hash(String description) {
    return key("hash", Kind.INTEGER, description)
        .defaultsTo(Integer.toString(LearnerSettings.DEFAULT_HASH_BITS))
        .between(1, FeatureSpec.MOST_HASH_BITS);
  }

  private static ConfigKey output(String name, String description) {
    return key(name, Kind.KAFKA_NAME, description + " Default: PIPELINE." + name + ".");
  }

  private static ConfigKey delivery(String name, String standard) {
    return key(name, Kind.CHOICE, "The guarantee of " + name + ".")
        .defaultsTo(standard)
        .choices(DELIVERIES, List.of());
  }
}
