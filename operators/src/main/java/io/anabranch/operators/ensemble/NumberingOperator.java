package io.anabranch.operators.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.operators.flink.ChainingFactory;
import io.anabranch.operators.record.NumberedExample;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Gives examples the numbers by which votes find each other, in the chain of their source. After a
 * restore all subtasks go on above the highest number of all, which is why each restores the counts
 * of all: votes on older examples may still be on their way, from a subtask that had this one's
 * index and was further.
 */
final class NumberingOperator extends AbstractStreamOperator<NumberedExample>
    implements OneInputStreamOperator<Example, NumberedExample> {

  // -- runtime

  private transient ListState<Long> counts;
  private transient StreamRecord<NumberedExample> numbered;
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
    counts =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("count", Types.LONG));
    for (long before : counts.get()) {
      count = Math.max(count, before);
    }
    subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    numbered = new StreamRecord<>(new NumberedExample());
  }

  @Override
  public void processElement(StreamRecord<Example> element) {
    numbered.getValue().of(VotingPlaces.number(count, subtask), element.getValue());
    count++;
    output.collect(numbered);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    counts.update(List.of(count));
  }
}
