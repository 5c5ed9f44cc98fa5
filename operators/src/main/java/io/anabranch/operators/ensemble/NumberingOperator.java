package io.anabranch.operators.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.operators.flink.ChainingFactory;
import io.anabranch.operators.record.NumberedExample;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Gives examples the numbers by which votes find each other, in the chain of their source. The
 * count of restores is its state: it sets the numbers apart from those of votes that waited in the
 * checkpoint. All subtasks have the same, and those that are new get it too. (A union of the counts
 * of all, for going on above them, would stop checkpoints as soon as one of several sources has
 * ended: Flink takes none of a chain with such a state.)
 */
final class NumberingOperator extends AbstractStreamOperator<NumberedExample>
    implements OneInputStreamOperator<Example, NumberedExample> {

  private static final int ALL = 0;

  // -- runtime

  private transient StreamRecord<NumberedExample> numbered;
  private transient long run;
  private transient long count;
  private transient int subtask;

  static ChainingFactory<Example, NumberedExample> factory() {
    return new ChainingFactory<>(ChainingStrategy.ALWAYS, NumberingOperator::new);
  }

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState before all else
  private NumberingOperator(StreamOperatorParameters<NumberedExample> parameters) {
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
    numbered = new StreamRecord<>(new NumberedExample());
  }

  @Override
  public void processElement(StreamRecord<Example> element) {
    numbered.getValue().of(VotingPlaces.number(run, count, subtask), element.getValue());
    count++;
    output.collect(numbered);
  }
}
