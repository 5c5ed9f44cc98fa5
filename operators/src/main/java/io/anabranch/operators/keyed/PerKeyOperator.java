package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.operators.evaluation.ScoreKeeper;
import io.anabranch.operators.manifest.VersionCutter;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import io.anabranch.operators.metrics.TimedCalls;
import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Predicts, scores and learns by the model of each record's key. */
final class PerKeyOperator extends AbstractStreamOperator<PredictionRecord>
    implements OneInputStreamOperator<Example, PredictionRecord>,
        BoundedOneInput,
        Triggerable<String, VoidNamespace> {
  static final OutputTag<MetricsChunk> METRICS =
      new OutputTag<>("metrics", RecordTypes.METRICS_CHUNK);
  static final OutputTag<ModelRecord.Block> BLOCKS = new OutputTag<>("blocks", RecordTypes.BLOCK);
  static final OutputTag<ManifestPart> PARTS =
      new OutputTag<>("manifest-parts", RecordTypes.MANIFEST_PART);

  // -- configuration

  private final PerKeySpec spec;

  // -- runtime

  private transient ModelCache<String, Learner> models;
  private transient ScoreKeeper scores;
  private transient VersionCutter versions;
  private transient @Nullable KeyExpiry expiry;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient PredictionRecord prediction;
  private transient Counter reads;
  private transient Counter writes;
  private transient Counter writtenBytes;
  private transient Counter heldOut;
  private transient TimedCalls predicting;
  private transient TimedCalls learning;

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before all else
  PerKeyOperator(PerKeySpec spec) {
    this.spec = spec;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    LearnerProvider provider =
        new LearnerRegistry(getUserCodeClassloader())
            .find(spec.type())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "learner '"
                            + spec.learner()
                            + "': no learner type '"
                            + spec.type()
                            + "' is on the class path"));
    ValueState<byte[]> state =
        context
            .getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    "model", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    reads = new SimpleCounter();
    writes = new SimpleCounter();
    writtenBytes = new SimpleCounter();
    models =
        new ModelCache<>(
            spec.heapModels(),
            new KeyedModels(spec, provider, this, state, reads, this::publish),
            () -> provider.create(spec.settings()));
    versions = new VersionCutter(spec.learner(), context.getOperatorStateStore());
    if (spec.expireMillis() != PerKeySpec.NEVER) {
      expiry =
          new KeyExpiry(
              spec.expireMillis(), context.getKeyedStateStore(), context.getOperatorStateStore());
    }
    prediction = new PredictionRecord();
  }

  @Override
  public void open() throws Exception {
    super.open();
    // Known also when nothing expires any more: timers of before are in state.
    timers = getInternalTimerService("expiry", VoidNamespaceSerializer.INSTANCE, this);
    scores =
        new ScoreKeeper(
            spec.learner(),
            spec.settings().target(),
            spec.window(),
            getProcessingTimeService(),
            chunk -> output.collect(METRICS, new StreamRecord<>(chunk)));
    register(Metered.learner(getMetricGroup(), spec.learner()));
  }

  private void register(Metered metered) {
    predicting = metered.timed(LearningMetric.PREDICTIONS, LearningMetric.PREDICT_SECONDS);
    learning = metered.timed(LearningMetric.LEARNED, LearningMetric.LEARN_SECONDS);
    heldOut = metered.counter(LearningMetric.HELD_OUT);
    metered.gauge(LearningMetric.MODELS_ON_HEAP, models::size);
    metered.count(LearningMetric.CACHE_HITS, models::hits);
    metered.count(LearningMetric.CACHE_MISSES, models::misses);
    metered.count(LearningMetric.CACHE_EVICTIONS, models::evictions);
    metered.count(LearningMetric.MODELS_EXPIRED, this::expired);
    metered.counter(LearningMetric.MODEL_READS, reads);
    metered.counter(LearningMetric.MODEL_WRITES, writes);
    metered.counter(LearningMetric.MODEL_WRITTEN_BYTES, writtenBytes);
  }

  /** How many models were forgotten because their keys were not seen. */
  long expired() {
    return expiry == null ? 0 : expiry.expired();
  }

  @Override
  public void processElement(StreamRecord<Example> element) throws Exception {
    Example example = element.getValue();
    ModelCache.Entry<String, Learner> entry = models.get(spec.key().of(example));
    if (expiry != null) {
      expiry.seen(entry, timers);
    }
    Learner model = entry.value();
    prediction.of(example, spec.learner(), model.examples());
    long begun = predicting.begin();
    model.predict(example, prediction.prediction());
    predicting.end(begun);
    if (example.labelled()) {
      score(example, entry);
    }
    output.collect(element.replace(prediction));
  }

  private void score(Example example, ModelCache.Entry<String, Learner> entry) {
    if (spec.holdout().contains(example.id())) {
      heldOut.inc();
      scores.heldOut(prediction.prediction(), example);
      return;
    }
    scores.score(prediction.prediction(), example);
    long begun = learning.begin();
    entry.value().learn(example);
    learning.end(begun);
    entry.changed();
    scores.learned();
    versions.learned();
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("models expire by processing time, there are no other timers");
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    if (expiry != null && expiry.isDue(timer, timers)) {
      models.remove(timer.getKey());
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    models.writeBack(); // clean already, unless somebody snapshots without a barrier
    if (expiry != null) {
      expiry.snapshot();
    }
    versions.snapshot(context.getCheckpointId(), context.getCheckpointTimestamp());
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    versions
        .completed(checkpoint, subtask, subtasks)
        .ifPresent(part -> output.collect(PARTS, new StreamRecord<>(part)));
  }

  @Override
  public void endInput() {
    flush();
  }

  private void flush() {
    scores.ship();
    models.writeBack();
  }

  private void publish(String key, long version, byte[] bytes) {
    writes.inc();
    writtenBytes.inc(bytes.length);
    output.collect(
        BLOCKS,
        new StreamRecord<>(new ModelRecord.Block(spec.learner(), "key:" + key, version, bytes)));
  }
}
