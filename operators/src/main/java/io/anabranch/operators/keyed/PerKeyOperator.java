package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.operators.evaluation.DriftWatch;
import io.anabranch.operators.evaluation.HotKeys;
import io.anabranch.operators.evaluation.ScoreKeeper;
import io.anabranch.operators.evaluation.TestThenTrain;
import io.anabranch.operators.flink.ChainingFactory;
import io.anabranch.operators.manifest.VersionCutter;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.shared.PriorModel;
import io.anabranch.operators.shared.PriorSpec;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Predicts, scores and learns by the model of each record's key. */
class PerKeyOperator extends AbstractStreamOperator<PredictionRecord>
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
  private final long checkpointMillis;

  // -- runtime

  private final transient MailboxExecutor mailbox;
  private transient KeptModels models;
  private transient DriftWatch drift;
  private transient @Nullable PriorModel prior;
  private transient KeyStart start;
  private transient HotKeys hotKeys;
  private transient ScoreKeeper scores;
  private transient VersionCutter versions;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient PredictionRecord prediction;
  private transient Counter writes;
  private transient Counter writtenBytes;
  private transient Histogram writeBack;
  private transient TestThenTrain training;

  /**
   * The first of its chain: records come to it by their keys.
   *
   * @param checkpointMillis what is configured to be between two checkpoints, 0 for none
   */
  static ChainingFactory<Example, PredictionRecord> factory(
      PerKeySpec spec, long checkpointMillis) {
    return new ChainingFactory<>(
        ChainingStrategy.HEAD,
        parameters -> new PerKeyOperator(parameters, spec, checkpointMillis));
  }

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before all else
  PerKeyOperator(
      StreamOperatorParameters<PredictionRecord> parameters,
      PerKeySpec spec,
      long checkpointMillis) {
    this.spec = spec;
    this.checkpointMillis = checkpointMillis;
    mailbox = parameters.getMailboxExecutor();
    setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    processingTimeService = parameters.getProcessingTimeService();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    LearnerProvider provider =
        new LearnerRegistry(getUserCodeClassloader()).require(spec.learner(), spec.type());
    writes = new SimpleCounter();
    writtenBytes = new SimpleCounter();
    models =
        new KeptModels(
            spec,
            provider,
            this,
            context,
            getRuntimeContext().getTaskInfo(),
            state -> this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE),
            checkpointMillis,
            spec.heapBytes(getContainingTask().getEnvironment().getTaskManagerInfo()),
            this::publish,
            state -> StateMemory.of(getKeyedStateBackend(), state),
            this::tombstone);
    start = KeyStart.untrained(provider, spec.settings(), models::guessedBytes);
    versions = new VersionCutter(spec.learner(), context.getOperatorStateStore());
    drift = DriftWatch.of(spec.drift(), spec.settings().target(), context.getOperatorStateStore());
    hotKeys = new HotKeys(spec.settings().seed());
    prediction = new PredictionRecord();
  }

  @Override
  public void open() throws Exception {
    super.open();
    PriorSpec from = spec.prior();
    if (from != null) {
      PriorModel prior =
          PriorModel.open(
              from,
              spec.settings(),
              getContainingTask().getEnvironment(),
              mailbox,
              getUserCodeClassloader());
      this.prior = prior;
      start = KeyStart.from(prior);
    }
    // Known also when nothing expires any more: timers of before are in state.
    timers = getInternalTimerService("expiry", VoidNamespaceSerializer.INSTANCE, this);
    models.open(timers);
    scores =
        new ScoreKeeper(
            spec.learner(),
            spec.settings().target(),
            spec.window(),
            drift,
            hotKeys,
            getProcessingTimeService(),
            chunk -> output.collect(METRICS, new StreamRecord<>(chunk)));
    register(Metered.learner(getMetricGroup(), spec.learner()));
  }

  private void register(Metered metered) {
    training = new TestThenTrain(spec.holdout(), scores.buffer(), drift, metered);
    models.register(metered);
    writeBack = metered.seconds(LearningMetric.WRITE_BACK_SECONDS);
    metered.gauge(LearningMetric.HOTTEST_KEY, hotKeys::hottest);
    metered.counter(LearningMetric.MODEL_WRITES, writes);
    metered.counter(LearningMetric.MODEL_WRITTEN_BYTES, writtenBytes);
  }

  /** How many models were forgotten because their keys were not seen. */
  long expired() {
    return models.expired();
  }

  /** How many models were forgotten because there were too many. */
  long evicted() {
    return models.evicted();
  }

  /** How many models were read from state because a record came. */
  long reads() {
    return models.reads();
  }

  /** How many keys have a model, where that is limited. */
  long counted() {
    return models.counted();
  }

  @Override
  public void processElement(StreamRecord<Example> element) throws Exception {
    Example example = element.getValue();
    String key = spec.key().of(example);
    if (spec.key() == KeyChoice.ENTITY) {
      hotKeys.seen(key);
    }
    ModelCache.Entry<String, KeyedModel> entry = see(key);
    KeyedModel model = entry.value();
    prediction.of(example, spec.learner(), model.version());
    training.predict(predicting(model), example, prediction.prediction());
    if (training.test(prediction.prediction(), example)) {
      training.train(learning(model), example);
      models.learned(key, entry);
      versions.learned();
    }
    output.collect(element.replace(prediction));
  }

  /** The model of the current key; to be used before the next call only. */
  final ModelCache.Entry<String, KeyedModel> see(String key) throws Exception {
    return models.see(key, timers);
  }

  /** What predicts for a key, its own or what all keys begin with. */
  final Learner predicting(KeyedModel model) {
    return model.predicting(start);
  }

  /** What learns for a key, from now on its own. */
  final Learner learning(KeyedModel model) {
    return model.learning(start);
  }

  /** Notes that a model learned so many examples elsewhere. */
  final void learned(String key, ModelCache.Entry<String, KeyedModel> entry, long examples) {
    models.learned(key, entry);
    versions.learned(examples);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("models expire by processing time, there are no other timers");
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    models.onTimer(timer, timers);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    long begun = System.nanoTime();
    scores.ship();
    models.beforeBarrier();
    writeBack.update(System.nanoTime() - begun);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    models.snapshot(context.getCheckpointTimestamp(), timers.currentProcessingTime());
    drift.snapshot();
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
    scores.ship();
    models.writeBack();
  }

  @Override
  public void close() throws Exception {
    if (prior != null) {
      prior.close();
    }
    super.close();
  }

  private void publish(String key, long version, byte[] bytes) {
    writes.inc();
    writtenBytes.inc(bytes.length);
    emit(new ModelRecord.Block(spec.learner(), block(key), version, bytes));
  }

  private void tombstone(String key, long version) {
    emit(ModelRecord.Block.forgotten(spec.learner(), block(key), version));
  }

  private static String block(String key) {
    return "key:" + key;
  }

  private void emit(ModelRecord.Block block) {
    output.collect(BLOCKS, new StreamRecord<>(block));
  }
}
