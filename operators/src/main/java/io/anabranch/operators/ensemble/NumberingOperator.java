package io.anabranch.operators.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.operators.flink.ChainingFactory;
import io.anabranch.operators.record.ExampleBatch;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Gives examples the numbers by which votes find each other, and batches them for the way to the
 * members, in the chain of their source. What is in a batch leaves before each barrier. The count
 * of restores is its state: it sets the numbers apart from those of votes that waited in the
 * checkpoint. All subtasks have the same, and those that are new get it too. (A union of the counts
 * of all, for going on above them, would stop checkpoints as soon as one of several sources has
 * ended: Flink takes none of a chain with such a state.)
 */
final class NumberingOperator extends AbstractStreamOperator<ExampleBatch>
    implements OneInputStreamOperator<Example, ExampleBatch>, BoundedOneInput {

  /** How long an example waits at most for others. */
  static final long GATHER_MILLIS = 5;

  private static final int ALL = 0;

  // -- runtime

  private transient long run;
  private transient long count;
  private transient int subtask;
  private transient ExampleGathering gathered;
  private transient boolean timed;

  static ChainingFactory<Example, ExampleBatch> factory() {
    return new ChainingFactory<>(ChainingStrategy.ALWAYS, NumberingOperator::new);
  }

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState before all else
  private NumberingOperator(StreamOperatorParameters<ExampleBatch> parameters) {
    setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    processingTimeService = parameters.getProcessingTimeService();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    BroadcastState<Integer, Long> restores =
        context
            .getOperatorStateStore()
            .getBroadcastState(new MapStateDescriptor<>("restores", Types.INT, Types.LONG));
    Long before = restores.get(ALL);
    // An earlier build numbered as in run 0.
    run = before != null ? before + 1 : context.isRestored() ? 1 : 0;
    restores.put(ALL, run);
    subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    StreamRecord<ExampleBatch> record = new StreamRecord<>(null);
    gathered = new ExampleGathering(batch -> output.collect(record.replace(batch)));
  }

  @Override
  public void processElement(StreamRecord<Example> element) {
    gathered.add(VotingPlaces.number(run, count, subtask), element.getValue());
    count++;
    if (!timed && !gathered.isEmpty()) {
      shipSoon();
    }
  }

  private void shipSoon() {
    timed = true;
    var unused = // the callback's errors fail the task, the future says nothing more
        processingTimeService.registerTimer(
            processingTimeService.getCurrentProcessingTime() + GATHER_MILLIS,
            fired -> {
              timed = false;
              gathered.ship();
            });
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    gathered.ship();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    gathered.ship();
  }

  @Override
  public void endInput() {
    gathered.ship();
  }
}
