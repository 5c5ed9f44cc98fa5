package io.anabranch.operators.keyed;

import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * The models of a subtask: the cache over them, which keys enter, which expire, and which have to
 * go because there are too many. A key whose model was forgotten starts anew, at a version that no
 * model of its key group has had, so that a version of a key never comes again.
 */
final class KeptModels {
  private static final String STATE = "model";

  private final ModelCache<String, KeyedModel> cache;
  private final KeyedModels store;
  private final KeyedRecords records;
  private final Gone gone;
  private final @Nullable EntryCap cap;
  private final KeyExpiry expiry;
  private final Keys keys;
  private final RestoredCount expired;
  private final RestoredCount evicted;
  private final Counter reads = new SimpleCounter();

  /** Is told of each model that is forgotten. */
  interface Gone {
    void model(String key, long version);
  }

  /** Lists the keys under a state, in any order. */
  interface Keys {
    Stream<String> of(String state);
  }

  /**
   * Takes up what state holds.
   *
   * @param operator whose current key is changed and put back
   * @param checkpointMillis what is configured to be between two checkpoints, 0 for none
   * @param memory of a state
   * @param heapBytes about how much of the heap models may take
   */
  KeptModels(
      PerKeySpec spec,
      LearnerProvider provider,
      KeyContext operator,
      StateInitializationContext context,
      TaskInfo task,
      Keys keys,
      long checkpointMillis,
      long heapBytes,
      KeyedModels.Published published,
      Function<ValueState<?>, StateMemory> memory,
      Gone gone)
      throws Exception {
    this.gone = gone;
    this.keys = keys;
    OtherKey states = new OtherKey(spec.learner(), operator);
    ValueState<byte[]> models =
        context
            .getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    STATE, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    store =
        new KeyedModels(
            spec, provider, states, models, this::life, reads, published, memory.apply(models));
    cache =
        new ModelCache<>(
            heapBytes,
            store,
            this::create,
            KeyedModel::heapBytes,
            WriteBudget.ofThread(checkpointMillis));
    records = new KeyedRecords(states, context.getKeyedStateStore(), cache::onHeap, task);
    records.restore();
    expired = new RestoredCount("expired", context.getOperatorStateStore());
    evicted = new RestoredCount("evicted", context.getOperatorStateStore());
    KeyLimits limits = spec.limits();
    expiry =
        new KeyExpiry(
            limits, states, context.getKeyedStateStore(), context.getOperatorStateStore());
    cap =
        limits.capped()
            ? new EntryCap(
                limits.entries(), task.getMaxNumberOfParallelSubtasks(), records, this::evict)
            : null;
    if (cap != null && !records.ledgers().stream().allMatch(GroupLedger::isCapped)) {
      enrollAll(cap, keys);
    }
    records.ledgers().forEach(ledger -> ledger.capped(cap != null));
  }

  /** Models of before there was a cap count from now on. */
  private void enrollAll(EntryCap cap, Keys keys) {
    try (Stream<String> all = keys.of(STATE)) {
      all.forEach(
          key -> {
            if (!records.life(key).map(KeyLife::queued).orElse(false)) {
              cap.enroll(key, records.ledger(key), life(key).base());
            }
          });
    }
  }

  /** Sees to it that models of before expire as this limit says; before the first record. */
  void open(InternalTimerService<VoidNamespace> timers) {
    expiry.begin(timers, keys, STATE);
  }

  void register(Metered metered) {
    metered.gauge(LearningMetric.MODELS_ON_HEAP, cache::size);
    metered.gauge(LearningMetric.CACHE_BYTES, cache::weight);
    metered.count(LearningMetric.CACHE_HITS, cache::hits);
    metered.count(LearningMetric.CACHE_MISSES, cache::misses);
    metered.count(LearningMetric.CACHE_EVICTIONS, cache::evictions);
    metered.count(LearningMetric.MODELS_EXPIRED, this::expired);
    metered.count(LearningMetric.MODELS_EVICTED, this::evicted);
    metered.gauge(LearningMetric.MODELS_COUNTED, this::counted);
    metered.counter(LearningMetric.MODEL_READS, reads);
  }

  /** How many models were forgotten because their keys were not seen. */
  long expired() {
    return expired.count();
  }

  /** How many models were forgotten because there were too many. */
  long evicted() {
    return evicted.count();
  }

  /** How many models were read from state because a record came. */
  long reads() {
    return reads.getCount();
  }

  /** How many keys have a model, where that is limited. */
  long counted() {
    return records.ledgers().stream().mapToLong(GroupLedger::entries).sum();
  }

  /** What a model takes that was never written, as far as can be guessed. */
  int guessedBytes() {
    return store.guessedBytes();
  }

  /** The model of the current key; to be used before the next call only. */
  ModelCache.Entry<String, KeyedModel> see(String key, InternalTimerService<VoidNamespace> timers)
      throws Exception {
    ModelCache.Entry<String, KeyedModel> entry = cache.get(key);
    expiry.seen(entry.value(), timers);
    if (cap != null) {
      entry.value().life(cap.seen(key, entry.value().life()));
    }
    return entry;
  }

  /** Notes that a model learned an example. */
  void learned(String key, ModelCache.Entry<String, KeyedModel> entry) {
    store.measure(entry.value());
    entry.changed();
    if (!entry.value().entered()) {
      enter(key, entry.value());
    }
    cache.ease();
  }

  private void enter(String key, KeyedModel model) {
    KeyLife life = model.life();
    if (cap != null) {
      life = cap.enter(key, records.ledger(key), life.base());
    } else if (life.base() > 0) {
      records.life(key, life);
    }
    model.enter(life);
  }

  private KeyedModel create(String key) {
    return new KeyedModel(KeyLife.unqueued(records.ledger(key).floor()));
  }

  /** Of a key whose model is in state, too; where there are no queues that says all. */
  private KeyLife life(String key, StoredModel stored) {
    boolean queues = cap != null || records.ledger(key).entries() > 0;
    return queues || stored.base() == StoredModel.UNKNOWN
        ? life(key)
        : KeyLife.unqueued(stored.base());
  }

  /** Without a look into state where nothing can be there. */
  private KeyLife life(String key) {
    GroupLedger ledger = records.ledger(key);
    boolean any = cap != null || ledger.entries() > 0 || ledger.floor() > 0;
    return any ? records.life(key).orElse(KeyLife.unqueued(0)) : KeyLife.unqueued(0);
  }

  /** Forgets the model of the timer's key if it was not seen for long enough. */
  void onTimer(
      InternalTimer<String, VoidNamespace> timer, InternalTimerService<VoidNamespace> timers)
      throws Exception {
    if (expiry.isDue(timer, timers) && forget(timer.getKey())) {
      expired.increment();
    }
  }

  private void evict(String key) {
    expiry.forget(key);
    forget(key);
    evicted.increment();
  }

  /** Whether there was a model. */
  private boolean forget(String key) {
    GroupLedger ledger = records.ledger(key);
    KeyLife life = life(key);
    Optional<KeyedModel> model =
        cache.onHeap(key).or(() -> store.find(key)).filter(KeyedModel::hasLearned);
    model.ifPresent(
        found -> {
          ledger.raise(found.version() + 1);
          gone.model(key, found.version());
        });
    cache.remove(key);
    if (life.queued()) {
      records.take(ledger.group(), life.ticket());
      ledger.left();
    }
    records.remove(key);
    return model.isPresent();
  }

  void writeBack() {
    cache.writeBack();
  }

  void beforeBarrier() {
    cache.beforeBarrier();
  }

  /**
   * Takes the snapshot of a checkpoint.
   *
   * @param triggeredMillis when it was triggered, by the clock of whoever did
   * @param now milliseconds of this machine's clock
   */
  void snapshot(long triggeredMillis, long now) throws Exception {
    cache.writeBack(); // clean already, unless somebody snapshots without a barrier
    cache.triggered(triggeredMillis);
    records.snapshot();
    evicted.snapshot();
    expired.snapshot();
    expiry.snapshot(now);
  }
}
