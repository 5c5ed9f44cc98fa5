package io.anabranch.operators.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.Ensemble;
import io.anabranch.operators.manifest.VersionCutter;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import io.anabranch.operators.metrics.TimedCalls;
import io.anabranch.operators.record.ExampleBatch;
import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.MemberVotes;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.record.VoteBatch;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Holds some of the members of an ensemble: each votes on every example and then learns it. The
 * input is a broadcast, the state is keyed by member.
 */
final class MemberOperator extends AbstractStreamOperator<VoteBatch>
    implements OneInputStreamOperator<ExampleBatch, VoteBatch>, BoundedOneInput, Members.Store {
  static final OutputTag<ModelRecord.Block> BLOCKS = new OutputTag<>("blocks", RecordTypes.BLOCK);
  static final OutputTag<ManifestPart> PARTS =
      new OutputTag<>("manifest-parts", RecordTypes.MANIFEST_PART);

  // -- configuration

  private final EnsembleSpec spec;

  // -- runtime

  private transient Members members;
  private transient ValueState<byte[]> state;
  private transient VersionCutter versions;
  private transient Example example;
  private transient long number;
  private transient MemberVotes votes;
  private transient VoteBatch given;
  private transient StreamRecord<VoteBatch> record;
  private transient boolean changed;
  private transient Counter writes;
  private transient Counter writtenBytes;
  private transient TimedCalls predicting;
  private transient TimedCalls learning;

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before all else
  MemberOperator(EnsembleSpec spec) {
    this.spec = spec;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    "member", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    TaskInfo task = getRuntimeContext().getTaskInfo();
    Ensemble ensemble = spec.ensemble(getUserCodeClassloader());
    try {
      members =
          new Members(
              ensemble, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks(), this);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the members of learner '"
              + spec.learner()
              + "' cannot be read from state: "
              + e.getMessage(),
          e);
    }
    versions = new VersionCutter(spec.learner(), context.getOperatorStateStore());
    example = new Example();
    votes = new MemberVotes();
    given = new VoteBatch();
    record = new StreamRecord<>(given);
  }

  @Override
  public void open() throws Exception {
    super.open();
    writes = new SimpleCounter();
    writtenBytes = new SimpleCounter();
    Metered metered = Metered.learner(getMetricGroup(), spec.learner());
    predicting = metered.timed(LearningMetric.PREDICT_SECONDS);
    learning = metered.timed(LearningMetric.LEARN_SECONDS);
    metered.gauge(LearningMetric.MODELS_ON_HEAP, members::count);
    metered.counter(LearningMetric.MODEL_WRITES, writes);
    metered.counter(LearningMetric.MODEL_WRITTEN_BYTES, writtenBytes);
  }

  /** Nothing: an example belongs to no key, it is for all members. */
  @Override
  @SuppressWarnings("rawtypes") // the signature is Flink's
  public void setKeyContextElement1(StreamRecord element) {}

  @Override
  public void processElement(StreamRecord<ExampleBatch> element) {
    if (members.count() == 0) {
      return;
    }
    ExampleBatch batch = element.getValue();
    number = batch.first();
    given.begin(VotingPlaces.of(number));
    batch.forEach(example, this::show);
    output.collect(record);
  }

  private void show(Example example) {
    votes.begin(given.place(), number);
    number = VotingPlaces.next(number);
    if (members.hasFirst()) {
      votes.identify(example);
    }
    long begun = predicting.begin();
    members.predict(example, votes);
    predicting.end(begun);
    given.add(votes);
    if (example.labelled() && !spec.holdout().contains(example.id())) {
      learn(example);
    }
  }

  private void learn(Example example) {
    long begun = learning.begin();
    members.learn(example);
    learning.end(begun);
    changed = true;
    if (members.hasFirst()) {
      versions.learned();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    flush(); // done already, unless somebody snapshots without a barrier
    versions.snapshot(context.getCheckpointId(), context.getCheckpointTimestamp());
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    TaskInfo task = getRuntimeContext().getTaskInfo();
    versions
        .completed(checkpoint, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks())
        .ifPresent(part -> output.collect(PARTS, new StreamRecord<>(part)));
  }

  @Override
  public void endInput() throws Exception {
    flush();
  }

  private void flush() throws Exception {
    if (changed) {
      members.write(this);
      changed = false;
    }
  }

  @Override
  public byte @Nullable [] read(int key) throws Exception {
    setCurrentKey(key);
    return state.value();
  }

  @Override
  public void write(int key, int member, long examples, byte[] bytes) throws Exception {
    setCurrentKey(key);
    state.update(bytes);
    writes.inc();
    writtenBytes.inc(bytes.length);
    output.collect(
        BLOCKS,
        new StreamRecord<>(
            new ModelRecord.Block(spec.learner(), "member:" + member, examples, bytes)));
  }
}
