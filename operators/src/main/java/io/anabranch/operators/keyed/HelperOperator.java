package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.operators.evaluation.HotKeys;
import io.anabranch.operators.evaluation.ScoreKeeper;
import io.anabranch.operators.evaluation.TestThenTrain;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.ChainingFactory;
import io.anabranch.operators.flink.Epochs;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.shared.RepeatedTimer;
import io.anabranch.operators.shared.ReplicaOperator;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Predicts and learns records of hot keys in place of the subtasks that these keys belong to, each
 * helper any of them, on replicas that are caches: what was learned is shipped before each
 * checkpoint barrier. A record of a key that is not ready to be helped with is passed on to its
 * model, and so is that of a key whose replica would not fit: replicas may take as much of the heap
 * as the models of a subtask may.
 */
final class HelperOperator extends ReplicaOperator {
  static final OutputTag<KeyDelta> DELTAS = new OutputTag<>("deltas", KeyDeltaSerializer.TYPE);
  static final OutputTag<Example> PASSED = new OutputTag<>("passed", RecordTypes.EXAMPLE);
  static final OutputTag<MetricsChunk> METRICS =
      new OutputTag<>("metrics", RecordTypes.METRICS_CHUNK);

  /** How long a helper keeps to itself what it learned, at most. */
  static final long SHIP_MILLIS = 200;

  /** Most keys of which anything is known, ready or not. */
  static final int MOST_KEYS = 1 << 10;

  static final int IDLE_SHIPMENTS = 50;
  private static final int ASK_EVERY = 2;

  // -- configuration

  private final PerKeySpec spec;
  private final long shipMillis;

  // -- runtime

  private final transient Map<String, Helped> byKey = new HashMap<>();
  private transient LearnerProvider provider;
  private transient PredictionRecord prediction;
  private transient HotKeys hotKeys;
  private transient ScoreKeeper scores;
  private transient RepeatedTimer shipping;
  private transient TestThenTrain training;
  private transient long epoch;
  private transient long sequence;
  private transient int helper;
  private transient int helpers;
  private transient long held;
  private transient long room;
  private transient volatile int ready;

  /**
   * A key's replica, for how many shipments no record came, since how many it was asked for, and
   * whether the key's home knows of all records.
   */
  private static final class Helped {
    private final KeyReplica replica;
    private int idle;
    private int sinceAsked;
    private boolean told = true;

    private Helped(KeyReplica replica) {
      this.replica = replica;
    }
  }

  /**
   * The first of its chain: records are dealt to it.
   *
   * @param shipMillis how often it ships; it asks again for a key that is not ready every other
   *     time
   */
  static ChainingFactory<Example, PredictionRecord> factory(PerKeySpec spec, long shipMillis) {
    return new ChainingFactory<>(
        ChainingStrategy.HEAD, parameters -> new HelperOperator(parameters, spec, shipMillis));
  }

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before all else
  private HelperOperator(
      StreamOperatorParameters<PredictionRecord> parameters, PerKeySpec spec, long shipMillis) {
    super(parameters, spec.learner(), spec.drift(), spec.settings().target());
    this.spec = spec;
    this.shipMillis = shipMillis;
  }

  @Override
  public void open() throws Exception {
    super.open();
    Environment environment = getContainingTask().getEnvironment();
    helper = environment.getTaskInfo().getIndexOfThisSubtask();
    helpers = environment.getTaskInfo().getNumberOfParallelSubtasks();
    epoch = Epochs.of(environment);
    room = spec.heapBytes(environment.getTaskManagerInfo());
    provider = new LearnerRegistry(getUserCodeClassloader()).require(spec.learner(), spec.type());
    prediction = new PredictionRecord();
    hotKeys = new HotKeys(spec.settings().seed() + helper);
    scores =
        new ScoreKeeper(
            spec.learner(),
            spec.settings().target(),
            spec.window(),
            drift(),
            hotKeys,
            getProcessingTimeService(),
            chunk -> output.collect(METRICS, new StreamRecord<>(chunk)));
    Metered metered = Metered.learner(getMetricGroup(), spec.learner());
    training = new TestThenTrain(spec.holdout(), scores.buffer(), drift(), metered);
    metered.gauge(LearningMetric.KEYS_SPLIT, () -> ready);
    connect(epoch, this::takeUp);
    shipping = new RepeatedTimer(getProcessingTimeService(), shipMillis, this::tidy);
  }

  private void takeUp(WeightsMessage message) {
    if (message instanceof WeightsMessage.KeyTruth truth) {
      Helped known = byKey.get(truth.key());
      if (known != null) {
        overwrite(known, truth);
      }
    }
  }

  private void overwrite(Helped known, WeightsMessage.KeyTruth truth) {
    held -= known.replica.bytes();
    known.replica.overwrite(truth);
    held += known.replica.bytes();
    if (held > room) {
      letGo(truth.key(), known);
    }
  }

  /** Gives the room of a replica back, and leaves its key alone for as long as one that is idle. */
  private void letGo(String key, Helped known) {
    ship(key, known);
    tell(key, known);
    held -= known.replica.bytes();
    Helped resting = new Helped(new KeyReplica(provider, spec.settings(), helper));
    resting.sinceAsked = -IDLE_SHIPMENTS;
    byKey.put(key, resting);
  }

  @Override
  public void processElement(StreamRecord<Example> element) {
    Example example = element.getValue();
    String key = spec.key().of(example);
    Helped helped = byKey.get(key);
    if (helped == null) {
      if (byKey.size() >= MOST_KEYS) {
        output.collect(PASSED, element);
        return;
      }
      helped = ask(key);
    }
    helped.idle = 0;
    KeyReplica replica = helped.replica;
    if (!replica.ready()) {
      output.collect(PASSED, element);
      return;
    }
    if (spec.key() == KeyChoice.ENTITY) {
      hotKeys.seen(key);
    }
    helped.told = false;
    prediction.of(example, spec.learner(), replica.version());
    training.predict(replica, example, prediction.prediction());
    if (training.test(prediction.prediction(), example)) {
      training.train(replica, example);
      if (replica.isDue(helpers)) {
        ship(key, helped);
      }
    }
    output.collect(element.replace(prediction));
  }

  private Helped ask(String key) {
    Helped asked = new Helped(new KeyReplica(provider, spec.settings(), helper));
    byKey.put(key, asked);
    ask(key, asked);
    return asked;
  }

  private void ask(String key, Helped helped) {
    helped.sinceAsked = 0;
    helped.replica.asked(++sequence);
    emit(new KeyDelta(epoch, key, helper, sequence, 0, new byte[0]));
  }

  private void ship(String key, Helped helped) {
    helped
        .replica
        .take(epoch, key, sequence + 1)
        .ifPresent(
            delta -> {
              sequence++;
              helped.told = true;
              emit(delta);
            });
  }

  private void ship() {
    byKey.forEach(this::ship);
  }

  private void emit(KeyDelta delta) {
    output.collect(DELTAS, new StreamRecord<>(delta));
  }

  /**
   * Ships, says of which keys records came that were not learned, asks again for what is not ready,
   * and forgets the keys that are no longer hot.
   */
  private void tidy() {
    ship();
    byKey.forEach(this::tell);
    byKey.values().removeIf(this::isOver);
    byKey.forEach(
        (key, helped) -> {
          if (!helped.replica.ready()
              && !helped.replica.isAsked()
              && ++helped.sinceAsked >= ASK_EVERY) {
            ask(key, helped);
          }
        });
    ready = (int) byKey.values().stream().filter(helped -> helped.replica.ready()).count();
  }

  private boolean isOver(Helped helped) {
    boolean over = ++helped.idle > IDLE_SHIPMENTS;
    held -= over ? helped.replica.bytes() : 0;
    return over;
  }

  /** To be predicted for is to be seen, and a key that is not seen may lose its model. */
  private void tell(String key, Helped helped) {
    if (!helped.told) {
      helped.told = true;
      emit(new KeyDelta(epoch, key, helper, KeyDelta.SEEN, 0, new byte[0]));
    }
  }

  @Override
  protected void shipAll() {
    ship();
    scores.ship();
  }

  @Override
  public void endInput() {
    super.endInput();
    shipping.stop();
  }
}
