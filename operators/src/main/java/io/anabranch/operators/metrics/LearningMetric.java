package io.anabranch.operators.metrics;

import static io.anabranch.operators.metrics.LearningMetric.Kind.COUNTER;
import static io.anabranch.operators.metrics.LearningMetric.Kind.GAUGE;
import static io.anabranch.operators.metrics.LearningMetric.Kind.SUMMARY;
import static io.anabranch.operators.metrics.LearningMetric.Scope.CAUSE;
import static io.anabranch.operators.metrics.LearningMetric.Scope.FIGURE;
import static io.anabranch.operators.metrics.LearningMetric.Scope.INPUT;
import static io.anabranch.operators.metrics.LearningMetric.Scope.LEARNER;

/** Every metric of the project: the page of metrics, dashboards and alerts are checked by it. */
public enum LearningMetric {
  RECORDS(INPUT, COUNTER, "records_total", "decoder, encode", "Records decoded."),
  UNLABELLED(
      INPUT,
      COUNTER,
      "unlabelled_total",
      "decoder, encode",
      "Decoded records without a label: predicted, not learned."),
  DEAD_LETTERS(
      CAUSE,
      COUNTER,
      "dead_letters_total",
      "decoder, encode",
      "Records sent to the dead letters, by cause: `decode` (the bytes are no record of the format)"
          + " or `validate` (a field breaks a rule); of a job of one's own, those that were refused."),
  RECORD_AGE(
      INPUT,
      SUMMARY,
      "record_age_seconds",
      "decoder",
      "From a record's Kafka timestamp to its decoding, of one record in 256: how far the job is"
          + " behind its input."),
  PREDICTIONS(
      LEARNER,
      COUNTER,
      "predictions_total",
      "trainer, models, helpers, votes",
      "Predictions made."),
  PREDICT_SECONDS(
      LEARNER,
      SUMMARY,
      "predict_seconds",
      "trainer, models, helpers, members",
      "Time in the learner for one prediction, of one in 256; of an ensemble, in the members of a"
          + " subtask."),
  LEARNED(
      LEARNER, COUNTER, "learned_total", "trainer, models, helpers, votes", "Examples learned."),
  LEARN_SECONDS(
      LEARNER,
      SUMMARY,
      "learn_seconds",
      "trainer, models, helpers, members",
      "Time in the learner for one example, of one in 256; of an ensemble, in the members of a"
          + " subtask."),
  HELD_OUT(
      LEARNER,
      COUNTER,
      "held_out_total",
      "trainer, models, helpers, votes",
      "Examples scored, not learned."),
  VOTES_WAITING(
      LEARNER,
      GAUGE,
      "votes_waiting",
      "votes",
      "Examples on which some members of an ensemble have voted and others not yet: how far one"
          + " subtask with members is ahead of another."),
  DRIFTS(
      LEARNER,
      COUNTER,
      "drifts_total",
      "trainer, models, helpers, votes",
      "Drifts: a subtask's detector found the prequential error risen. With a detector only; one"
          + " change can count several times."),
  DRIFT_ERROR(
      LEARNER,
      GAUGE,
      "drift_error_ratio",
      "trainer, models, helpers, votes",
      "Mean error in the detector's window, since the last change: the share of wrong classes, or"
          + " of numbers the absolute error e as e / (e + m), m its median when the window began."),
  LAST_DRIFT(
      LEARNER,
      GAUGE,
      "last_drift_timestamp_seconds",
      "trainer, models, helpers, votes",
      "When the last drift was found, epoch seconds; not a number before the first one of this"
          + " run."),
  FRESHNESS(
      LEARNER,
      SUMMARY,
      "freshness_seconds",
      "trainer",
      "From the first example of a delta to the take-up of weights that contain it: how long a label"
          + " takes to be in the weights of every trainer."),
  STALENESS(
      LEARNER,
      GAUGE,
      "staleness_seconds",
      "trainer",
      "Age of the oldest example that was learned here and is not in the weights taken up; 0 when"
          + " all are."),
  EXAMPLES_BEHIND(
      LEARNER,
      GAUGE,
      "examples_behind",
      "trainer",
      "Examples learned elsewhere that the last weights brought: how far this replica was behind."),
  DELTAS_UNACKNOWLEDGED(
      LEARNER,
      GAUGE,
      "deltas_unacknowledged",
      "trainer",
      "Deltas that no weights taken up include, all shards together."),
  WEIGHTS_APPLIED(
      LEARNER,
      COUNTER,
      "weights_applied_total",
      "trainer",
      "Messages of weights taken up; several of a shard may have become one."),
  WEIGHTS_CONFLATED(
      LEARNER,
      COUNTER,
      "weights_conflated_total",
      "trainer",
      "Messages of weights that became one with the next, because the trainer was slower."),
  MODEL_VERSION(
      LEARNER,
      GAUGE,
      "model_version",
      "trainer, shards",
      "Newest version that all weights contain: the epoch milliseconds of its checkpoint; 0 = none."),
  MODEL_AGE(
      LEARNER,
      GAUGE,
      "model_age_seconds",
      "trainer",
      "Time since the checkpoint of that version; not a number before the first one."),
  DELTAS_OF_OLDER_EPOCHS(
      LEARNER,
      COUNTER,
      "deltas_of_older_epochs_total",
      "shards",
      "Deltas of a run before the last restart, out of unaligned channel state: merged, not"
          + " acknowledged."),
  WEIGHTS_OF_OLDER_EPOCHS(
      LEARNER,
      COUNTER,
      "weights_of_older_epochs_total",
      "receiver",
      "Weights of a run before the last restart: dropped."),
  MODEL_EXAMPLES(
      LEARNER, GAUGE, "model_examples", "shards", "Examples that the truth was learned from."),
  MODEL_IDENTITIES(
      LEARNER,
      GAUGE,
      "model_identities",
      "shards",
      "Sum of a hash of the ids of these examples: tells what a count cannot, that one was lost and"
          + " another learned twice."),
  MODEL_SQUARED_NORM(
      LEARNER,
      GAUGE,
      "model_squared_norm",
      "shards",
      "Sum of squares of the first number of each coordinate (a linear model's weight), as of the"
          + " last checkpoint. The norm is the root of the sum over subtasks."),
  MODEL_BYTES(
      LEARNER, GAUGE, "model_bytes", "shards", "Heap that the truth's blocks of weights take."),
  COORDINATES_ADMITTED(
      LEARNER,
      COUNTER,
      "coordinates_admitted_total",
      "shards",
      "Hashed coordinates that joined the model, where learners[].admit or expire is set; else 0."
          + " Kept over restarts."),
  COORDINATES_REFUSED(
      LEARNER,
      COUNTER,
      "coordinates_refused_total",
      "shards",
      "Occurrences of hashed coordinates that had not joined the model, and were not learned:"
          + " learners[].admit."),
  COORDINATES_EXPIRED(
      LEARNER,
      COUNTER,
      "coordinates_expired_total",
      "shards",
      "Hashed coordinates forgotten because they did not occur for learners[].expire. Admitted less"
          + " expired are in the model."),
  MERGED_SHARE(
      LEARNER,
      GAUGE,
      "merged_share_ratio",
      "shards",
      "How much of a delta is left after the discount for what other trainers learned meanwhile, in"
          + " the last delta looked at (one in 64); 1 = all of it."),
  MODELS_ON_HEAP(
      LEARNER,
      GAUGE,
      "models_on_heap",
      "models, members",
      "Models in the cache of a subtask; of an ensemble, its members there."),
  CACHE_HITS(LEARNER, COUNTER, "cache_hits_total", "models", "Models found in the cache."),
  CACHE_MISSES(
      LEARNER, COUNTER, "cache_misses_total", "models", "Models read from state, or new ones."),
  CACHE_EVICTIONS(
      LEARNER,
      COUNTER,
      "cache_evictions_total",
      "models",
      "Models that left the cache for others."),
  CACHE_BYTES(
      LEARNER,
      GAUGE,
      "cache_bytes",
      "bytes",
      "About what the models in the cache take of the heap."),
  HOTTEST_KEY(
      LEARNER,
      GAUGE,
      "hottest_key_share_ratio",
      "models",
      "Share that the most frequent key has of a subtask's records, lately, by a sample of one in"
          + " eight; which key, and its share of all records, is in hotKeys of the metrics topic. 0"
          + " for a learner with one model."),
  KEYS_SPLIT(
      LEARNER,
      GAUGE,
      "keys_split",
      "helpers",
      "Hot keys that a subtask helps with, where learners[].split allows it."),
  MODELS_EXPIRED(
      LEARNER,
      COUNTER,
      "models_expired_total",
      "models",
      "Models forgotten because their keys were not seen for learners[].expire."),
  MODELS_EVICTED(
      LEARNER,
      COUNTER,
      "models_evicted_total",
      "models",
      "Models forgotten because more keys than learners[].entries had one."),
  MODELS_COUNTED(
      LEARNER,
      GAUGE,
      "models_counted",
      "models",
      "Keys that have a model, where learners[].entries limits them; else 0."),
  WRITE_BACK_SECONDS(
      LEARNER,
      SUMMARY,
      "write_back_seconds",
      "models",
      "How long records wait while changed models are written back before a checkpoint's barrier."),
  MODEL_READS(LEARNER, COUNTER, "model_reads_total", "models", "Models read from state."),
  MODEL_WRITES(
      LEARNER,
      COUNTER,
      "model_writes_total",
      "models, members",
      "Models written to state and to the models topic."),
  MODEL_WRITTEN_BYTES(
      LEARNER,
      COUNTER,
      "model_written_bytes_total",
      "models, members",
      "Bytes of the models written."),
  WINDOW(
      FIGURE,
      GAUGE,
      "window",
      "evaluation",
      "A prequential figure over the last full window: accuracy, kappa, kappaTemporal, logLoss, auc,"
          + " ece (calibration), mae, rmse, r2; those that are defined."),
  CUMULATIVE(
      FIGURE,
      GAUGE,
      "cumulative",
      "evaluation",
      "The same from the beginning, and the figures of held-out examples.");

  /** What Flink's Prometheus reporter puts before the groups of an operator. */
  private static final String OPERATOR = "flink_taskmanager_job_task_operator_";

  /** What a metric is to Prometheus. */
  public enum Kind {
    /** Grows, and starts again at 0 with the job. */
    COUNTER,
    /** A value. */
    GAUGE,
    /** A count and quantiles over the last values. */
    SUMMARY
  }

  /** What a metric is about: its groups, and the labels that these become. */
  public enum Scope {
    INPUT("anabranch_input_", ""),
    CAUSE("anabranch_input_cause_", "cause"),
    LEARNER("anabranch_learner_", "learner"),
    FIGURE("anabranch_learner_figure_", "learner, figure");

    private final String prefix;
    private final String labels;

    Scope(String prefix, String labels) {
      this.prefix = prefix;
      this.labels = labels;
    }

    /** The labels beside those of Flink, for people. */
    public String labels() {
      return labels;
    }
  }

  private final Scope scope;
  private final Kind kind;
  private final String metric;
  private final String operators;
  private final String description;

  LearningMetric(Scope scope, Kind kind, String metric, String operators, String description) {
    this.scope = scope;
    this.kind = kind;
    this.metric = metric;
    this.operators = operators;
    this.description = description;
  }

  /** What it is about. */
  public Scope scope() {
    return scope;
  }

  /** What it is to Prometheus. */
  public Kind kind() {
    return kind;
  }

  /** Its name in its group, unit included. */
  public String metric() {
    return metric;
  }

  /** The operators that have it. */
  public String operators() {
    return operators;
  }

  /** What it says, for people. */
  public String description() {
    return description;
  }

  /** Its name as Flink's Prometheus reporter has it. */
  public String prometheusName() {
    return OPERATOR + scope.prefix + metric;
  }
}
