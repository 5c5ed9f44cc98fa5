package io.anabranch.operators.shared;

import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.exchange.Precision;
import io.anabranch.models.format.BlockState;
import io.anabranch.models.format.ModelFrame;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.MembershipTotals;
import io.anabranch.operators.exchange.PublicationPace;
import io.anabranch.operators.exchange.ShardStore;
import io.anabranch.operators.exchange.TrainerRoster;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.Epochs;
import io.anabranch.operators.flink.ShardKeys;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.RecordTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Holds the truth of its virtual shards: merges deltas, publishes what changed, writes changed
 * blocks to keyed state and to the models topic at each checkpoint.
 */
final class ShardOperator extends AbstractStreamOperator<WeightsMessage>
    implements OneInputStreamOperator<DeltaMessage, WeightsMessage>, BoundedOneInput {

  static final OutputTag<ModelRecord.Block> BLOCKS = new OutputTag<>("blocks", RecordTypes.BLOCK);
  static final OutputTag<ManifestPart> MANIFEST_PARTS =
      new OutputTag<>("manifest-parts", RecordTypes.MANIFEST_PART);

  /** What is published before it is rounded, for whoever keeps it. */
  static final OutputTag<WeightsMessage> WHOLE = new OutputTag<>("whole", ExchangeTypes.WEIGHTS);

  // -- configuration
  private final SharedSpec spec;

  // -- runtime
  private transient MapState<Integer, byte[]> blocks;
  private transient ValueState<ShardCounts> counts;
  private transient ValueState<Integer> hashBits;
  private transient MembershipState members;
  private transient int[] keys;
  private transient @Nullable ShardStore[] stores;
  private transient ModelCuts cuts;
  private transient Map<String, Integer> changed;
  private transient Precision precision;
  private transient long epoch;
  private transient boolean newVersion;
  private transient boolean ended;
  private transient RepeatedTimer publication;
  private transient Counter deltasOfOlderEpochs;

  @SuppressWarnings("NullAway.Init") // the runtime fields are set when state is initialized
  ShardOperator(SharedSpec spec) {
    this.spec = spec;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    blocks =
        context
            .getKeyedStateStore()
            .getMapState(
                new MapStateDescriptor<>(
                    "blocks", Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    counts =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("counts", ShardCounts.TYPE));
    hashBits =
        context.getKeyedStateStore().getState(new ValueStateDescriptor<>("hash-bits", Types.INT));
    members = new MembershipState(context.getKeyedStateStore());
    cuts = new ModelCuts();
    changed = new TreeMap<>();
  }

  @Override
  public void open() throws Exception {
    super.open();
    epoch = Epochs.of(getContainingTask().getEnvironment());
    TaskInfo task = getContainingTask().getEnvironment().getTaskInfo();
    if (task.getMaxNumberOfParallelSubtasks() != ShardKeys.KEY_GROUPS) {
      throw new IllegalStateException(
          "maximum parallelism of the shards must be "
              + ShardKeys.KEY_GROUPS
              + ", got "
              + task.getMaxNumberOfParallelSubtasks());
    }
    precision = spec.precision(getUserCodeClassloader());
    restoreShards(task);
    registerMetrics();
    publishRestored();
    WeightsMessage allSent =
        new WeightsMessage.AllSent(
            epoch, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
    output.collect(WHOLE, new StreamRecord<>(allSent));
    output.collect(new StreamRecord<>(allSent));
    long millis = spec.exchange().publishMillis();
    PublicationPace pace = new PublicationPace(millis, task.getNumberOfParallelSubtasks());
    publication =
        new RepeatedTimer(getProcessingTimeService(), millis, () -> pace.pauseMillis(publishAll()));
  }

  private void registerMetrics() {
    Metered metered = Metered.learner(getMetricGroup(), spec.learner());
    deltasOfOlderEpochs = metered.counter(LearningMetric.DELTAS_OF_OLDER_EPOCHS);
    metered.gauge(LearningMetric.MODEL_EXAMPLES, () -> sum(ShardStore::examples));
    metered.gauge(LearningMetric.MODEL_IDENTITIES, () -> sum(ShardStore::identities));
    metered.gauge(LearningMetric.MODEL_VERSION, () -> cuts.completedVersion());
    metered.gauge(LearningMetric.MODEL_BYTES, () -> sum(ShardStore::bytes));
    metered.count(LearningMetric.COORDINATES_ADMITTED, () -> members(MembershipTotals::admitted));
    metered.count(LearningMetric.COORDINATES_REFUSED, () -> members(MembershipTotals::refused));
    metered.count(LearningMetric.COORDINATES_EXPIRED, () -> members(MembershipTotals::expired));
    metered.gauge(LearningMetric.MODEL_SQUARED_NORM, () -> each(ShardStore::squaredNorm).sum());
    metered.gauge(
        LearningMetric.MERGED_SHARE, () -> each(ShardStore::mergedShare).average().orElse(1));
  }

  private long members(ToLongFunction<MembershipTotals> figure) {
    return sum(store -> store.membership().map(m -> figure.applyAsLong(m.totals())).orElse(0L));
  }

  private DoubleStream each(ToDoubleFunction<ShardStore> figure) {
    return Arrays.stream(stores).filter(Objects::nonNull).mapToDouble(figure);
  }

  private long sum(ToLongFunction<ShardStore> counter) {
    long sum = 0;
    for (ShardStore store : stores) {
      sum += store == null ? 0 : counter.applyAsLong(store);
    }
    return sum;
  }

  private void restoreShards(TaskInfo task) throws Exception {
    MergeRule rule = spec.mergeRule(getUserCodeClassloader());
    keys = ShardKeys.of(rule.shape().shards());
    stores = new @Nullable ShardStore[keys.length];
    TrainerRoster roster = new TrainerRoster();
    List<ShardStore> without = new ArrayList<>();
    for (int shard = 0; shard < keys.length; shard++) {
      int holder = ShardKeys.subtaskOf(keys[shard], task.getNumberOfParallelSubtasks());
      if (holder == task.getIndexOfThisSubtask()) {
        ShardStore store =
            new ShardStore(rule, shard, epoch, roster, spec.limits(), spec.settings().hashBits());
        stores[shard] = store;
        if (!restore(shard, store)) {
          without.add(store);
        }
      }
    }
    if (!without.isEmpty()) {
      spec.startingDelta(getUserCodeClassloader())
          .ifPresent(start -> without.forEach(store -> store.start(start)));
    }
  }

  /** Says whether there was anything to restore. */
  private boolean restore(int shard, ShardStore store) throws Exception {
    setCurrentKey(keys[shard]);
    ShardCounts restored = counts.value();
    if (restored == null) {
      return false;
    }
    requireSpace();
    store.restoreCounts(restored.examples(), restored.identities());
    cuts.restore(restored.version());
    members.restore(store);
    for (byte[] block : blocks.values()) {
      store.restore(BlockState.decode(block, spec.type()));
    }
    return true;
  }

  private void requireSpace() throws IOException {
    Integer before = hashBits.value(); // null in state of earlier builds
    int now = spec.settings().hashBits();
    if (before != null && before != now) {
      throw new IllegalStateException(
          "learner '%s': features must be hashed into 2^%d coordinates as in its state, got 2^%d: its weights would be those of other features; give the learner an id of its own"
              .formatted(spec.learner(), before, now));
    }
  }

  @Override
  public void processElement(StreamRecord<DeltaMessage> element) {
    DeltaMessage delta = element.getValue();
    ShardStore store = stores[delta.shard()];
    if (store == null) {
      throw new IllegalStateException("shard " + delta.shard() + " is not held by this subtask");
    }
    if (!store.merge(delta)) {
      deltasOfOlderEpochs.inc();
    }
    if (delta.awaited()) {
      emitTruth(store.publish(cuts.completedVersion()));
    }
  }

  private void publishRestored() {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    for (ShardStore store : stores) {
      if (store != null) {
        store.advance(now);
        if (store.hasNews()) {
          store.publishRestored(cuts.completedVersion(), this::emitTruth);
        }
      }
    }
  }

  /** Gives how many coordinates it told of. */
  private int publishAll() {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    int published = 0;
    for (ShardStore store : stores) {
      if (store != null) {
        store.advance(now);
      }
      if (store != null && (newVersion || store.hasNews())) {
        WeightsMessage.Truth truth = store.publish(cuts.completedVersion());
        published += truth.truth().size();
        emitTruth(truth);
      }
    }
    newVersion = false;
    return published;
  }

  private void emitTruth(WeightsMessage.Truth message) {
    output.collect(WHOLE, new StreamRecord<>(message)); // written at once: nobody is chained
    message.truth().round(precision.truth());
    output.collect(new StreamRecord<>(message));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    writeChangedBlocks();
  }

  /**
   * The version of this checkpoint is not known before its barrier passes, so blocks carry the
   * least it can be; no version lies between the two.
   */
  private void writeChangedBlocks() throws Exception {
    long atLeast = cuts.version() + 1;
    for (int shard = 0; shard < stores.length; shard++) {
      ShardStore store = stores[shard];
      if (store != null && store.hasDirty()) {
        setCurrentKey(keys[shard]);
        for (BlockState block : store.takeDirty(atLeast)) {
          byte[] bytes = block.encode(spec.type());
          if (block.isEmpty()) {
            blocks.remove(block.block());
          } else {
            blocks.put(block.block(), bytes);
          }
          changed.put(block.name(), ModelFrame.checksumIn(bytes));
          output.collect(
              BLOCKS,
              new StreamRecord<>(
                  new ModelRecord.Block(spec.learner(), block.name(), atLeast, bytes)));
        }
      }
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    writeChangedBlocks();
    long version =
        cuts.cut(
            context.getCheckpointId(),
            context.getCheckpointTimestamp(),
            sum(ShardStore::examples),
            changed);
    changed = new TreeMap<>();
    for (int shard = 0; shard < stores.length; shard++) {
      ShardStore store = stores[shard];
      if (store != null) {
        setCurrentKey(keys[shard]);
        counts.update(new ShardCounts(store.examples(), store.identities(), version));
        hashBits.update(spec.settings().hashBits());
        members.write(store);
      }
    }
    super.snapshotState(context);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    TaskInfo task = getContainingTask().getEnvironment().getTaskInfo();
    cuts.complete(checkpointId)
        .ifPresent(
            cut -> {
              newVersion = true;
              if (!ended) {
                output.collect(
                    MANIFEST_PARTS,
                    new StreamRecord<>(
                        new ManifestPart(
                            spec.learner(),
                            cut.checkpoint(),
                            cut.version(),
                            task.getIndexOfThisSubtask(),
                            task.getNumberOfParallelSubtasks(),
                            cut.examples(),
                            cut.changed())));
              }
            });
  }

  @Override
  public void endInput() throws Exception {
    publishAll();
    writeChangedBlocks();
    publication.stop();
    ended = true;
  }
}
