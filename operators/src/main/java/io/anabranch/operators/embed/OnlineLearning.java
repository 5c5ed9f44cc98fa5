package io.anabranch.operators.embed;

import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.exchange.ExchangeCoding;
import io.anabranch.operators.keyed.KeyLimits;
import io.anabranch.operators.keyed.PerKeySpec;
import io.anabranch.operators.shared.ExchangeSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * Learns from a stream while it runs, inside of one's own DataStream job: every record is predicted
 * first and learned from second.
 *
 * <pre>
 * LearningStreams&lt;Visit&gt; learning =
 *     OnlineLearning.on(visits)
 *         .features(
 *             Features.mapping(Visit.class)
 *                 .number("seconds", visit -&gt; visit.seconds)
 *                 .category("page", visit -&gt; visit.page))
 *         .label(Label.binary(visit -&gt; visit.bought))
 *         .learner("logistic-regression")
 *         .placement(Placement.SHARED)
 *         .attach();
 * learning.predictions().sinkTo(…);
 * </pre>
 *
 * <p>What was learned is Flink state: with checkpointing, each record is learned exactly once
 * across failures and changes of parallelism. Several learners may be attached to one stream, under
 * names of their own ({@link #name}); names are what state is found by, so they should stay.
 *
 * @param <T> the records of the stream
 */
@PublicEvolving
public final class OnlineLearning<T> {
  // What was chosen, for the attachment.
  final DataStream<T> stream;
  @Nullable Features<T> features;
  @Nullable Label<T> label;
  Mapping.Text<T> id = element -> "";
  Mapping.@Nullable Text<T> key;
  Mapping.Time<T> time = element -> ExampleMapping.TIMESTAMP;
  Mapping.Numeric<T> weight = element -> 1;
  String type = "";
  String name = "";
  Placement placement = Placement.SHARED;
  final Map<String, Serializable> hyper = new LinkedHashMap<>();
  int hashBits = LearnerSettings.DEFAULT_HASH_BITS;
  ExchangeSettings exchange = ExchangeSettings.DEFAULT;
  ExchangeCoding coding = ExchangeCoding.EXACT;
  int window = 1000;
  double holdout;
  DriftDetection drift = DriftDetection.NONE;
  long seed = 1;
  long modelsMillis = 1000;
  byte[] start = new byte[0];
  @Nullable LearningStreams<?> prior;
  int admit = CoordinateLimits.NONE.count();
  KeyLimits limits = KeyLimits.NONE;
  long heapBytes = PerKeySpec.HEAP_SHARE;

  private OnlineLearning(DataStream<T> stream) {
    this.stream = stream;
  }

  /** Begins; nothing is added to the job before {@link #attach}. */
  public static <T> OnlineLearning<T> on(DataStream<T> stream) {
    return new OnlineLearning<>(stream);
  }

  /** What is learned from. Required. */
  public OnlineLearning<T> features(Features<T> features) {
    this.features = features;
    return this;
  }

  /** What is predicted. Required. */
  public OnlineLearning<T> label(Label<T> label) {
    this.label = label;
    return this;
  }

  /** A name for each record, by which predictions are found again. None by default. */
  public OnlineLearning<T> id(Mapping.Text<T> id) {
    this.id = id;
    return this;
  }

  /**
   * Whose record it is. With {@link Placement#PER_KEY} each key has a model of its own; without a
   * key there is one model, in one subtask.
   */
  public OnlineLearning<T> key(Mapping.Text<T> key) {
    this.key = key;
    return this;
  }

  /** When a record happened; by default its timestamp, or the time of day where it has none. */
  public OnlineLearning<T> time(Mapping.Time<T> time) {
    this.time = time;
    return this;
  }

  /** How much a record counts, finite and at least 0; by default 1. */
  public OnlineLearning<T> weight(Mapping.Numeric<T> weight) {
    this.weight = weight;
    return this;
  }

  /** The learner's type; {@code docs/learners.md} lists them. Required. */
  public OnlineLearning<T> learner(String type) {
    this.type = type;
    return this;
  }

  /** The learner's name, unique in the job; by default its type. */
  public OnlineLearning<T> name(String name) {
    this.name = name;
    return this;
  }

  /** Where the model lives; by default {@link Placement#SHARED}: one model of all records. */
  public OnlineLearning<T> placement(Placement placement) {
    this.placement = placement;
    return this;
  }

  /** Sets a hyperparameter to a number, text or boolean; {@code docs/learners.md} lists them. */
  public OnlineLearning<T> hyper(String name, Serializable value) {
    hyper.put(name, value);
    return this;
  }

  /** Features are hashed into 2^bits coordinates, 1 to 28; by default 22. */
  public OnlineLearning<T> hashBits(int bits) {
    hashBits = bits;
    return this;
  }

  /**
   * How often the trainers of a shared model exchange what they learned.
   *
   * @param examples after so many examples, at least 1; by default 5,000
   * @param interval or after so long; by default 200 ms
   * @param publish how often changed weights go back to the trainers; by default 20 ms
   */
  public OnlineLearning<T> exchange(int examples, Duration interval, Duration publish) {
    exchange = new ExchangeSettings(examples, interval.toMillis(), publish.toMillis());
    return this;
  }

  /**
   * What trainers and shards of a shared model leave out to say it in fewer bytes; by default
   * nothing. For the linear types only.
   *
   * @param rounded whether weights and their changes are rounded to 16 bits on their way
   * @param hold the fraction of a grown model's changes, the smallest, that wait until they add up,
   *     from 0 to below 1
   */
  public OnlineLearning<T> leaveOut(boolean rounded, double hold) {
    coding = new ExchangeCoding(rounded, hold);
    return this;
  }

  /** Scored examples per metrics window, at least 1; by default 1,000. */
  public OnlineLearning<T> window(int examples) {
    window = examples;
    return this;
  }

  /** The fraction of examples, chosen by their ids, that are scored and never learned. */
  public OnlineLearning<T> holdout(double fraction) {
    holdout = fraction;
    return this;
  }

  /**
   * What watches for changes of the stream; by default nothing. Drifts are counted by a metric, and
   * as {@code drifts} among the figures of cumulative reports.
   */
  public OnlineLearning<T> drift(DriftDetection detection) {
    drift = detection;
    return this;
  }

  /** The seed of all randomness; by default 1. */
  public OnlineLearning<T> seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * How often {@link LearningStreams#models} has a changed shared model; by default each second.
   */
  public OnlineLearning<T> modelsEvery(Duration interval) {
    modelsMillis = interval.toMillis();
    return this;
  }

  /**
   * The model to begin with, while there is no state: one that {@link LearningStreams#models} had,
   * or that was made of somebody else's weights. For {@link Placement#SHARED} only, and for the
   * types whose models can be taken apart ({@link LearnerProvider#delta}).
   */
  public OnlineLearning<T> startFrom(byte[] model) {
    start = model.clone();
    return this;
  }

  /**
   * The learner from whose model new keys start, instead of from nothing: one of the same type,
   * with {@link Placement#SHARED}, of the same features, attached to the same environment. For
   * {@link Placement#PER_KEY} only, and for the types whose models can start so ({@link
   * LearnerProvider#startFrom}).
   */
  public OnlineLearning<T> prior(LearningStreams<?> shared) {
    prior = shared;
    return this;
  }

  /**
   * How often a hashed coordinate has to occur before the model has a weight for it, 1 to 100; by
   * default 1. For {@link Placement#SHARED} only, and for the types that keep what they know of a
   * feature by itself ({@link LearnerProvider#knowsByCoordinate}).
   */
  public OnlineLearning<T> admit(int count) {
    admit = new CoordinateLimits(count, CoordinateLimits.NEVER).count();
    return this;
  }

  /**
   * For how long what is not seen is kept, at least 1 ms; by default as long as the job's state.
   * With {@link Placement#PER_KEY} that is a key's model, with {@link Placement#SHARED} the weight
   * of a hashed coordinate, for the types that {@link #admit} is for.
   */
  public OnlineLearning<T> expire(Duration unseen) {
    limits = new KeyLimits(unseen.toMillis(), limits.entries());
    return this;
  }

  /**
   * Most keys that have a model, at least 128; the one not seen for longest is forgotten for a new
   * one. By default any number. For {@link Placement#PER_KEY} only.
   */
  public OnlineLearning<T> entries(long keys) {
    limits = new KeyLimits(limits.expireMillis(), keys);
    return this;
  }

  /**
   * About how many bytes of the heap the models of each subtask may take, at least 1; the others
   * wait in the state backend. By default an eighth of the heap of each TaskManager, dealt to its
   * slots. For {@link Placement#PER_KEY} only.
   */
  public OnlineLearning<T> heap(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("heap must be >= 1, got " + bytes);
    }
    heapBytes = bytes;
    return this;
  }

  /**
   * Adds the learner to the job.
   *
   * @throws IllegalArgumentException when something required is missing, unknown or out of range
   */
  public LearningStreams<T> attach() {
    return new Attachment<>(this).attach();
  }
}
