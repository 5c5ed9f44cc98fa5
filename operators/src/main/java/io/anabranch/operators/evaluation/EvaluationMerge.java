package io.anabranch.operators.evaluation;

import io.anabranch.models.data.Target;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.MetricsReport;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Merges what subtasks scored into reports, by learner. The tallies of a subtask are few, so all of
 * them stay on the heap and are written to keyed state at each checkpoint.
 */
final class EvaluationMerge extends AbstractStreamOperator<MetricsReport>
    implements OneInputStreamOperator<MetricsChunk, MetricsReport>, BoundedOneInput {
  /** How long a change waits for its cumulative report at most, milliseconds. */
  static final long REPORT_MILLIS = 1_000;

  private static final String STATE = "tally";

  // -- configuration

  private final Target target;
  private final int window;

  // -- runtime

  private transient Map<String, Tally> tallies;
  private transient ValueState<byte[]> state;
  private transient FigureGauges gauges;

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before all else
  EvaluationMerge(Target target, int window) {
    this.target = target;
    this.window = window;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tallies = new TreeMap<>();
    state =
        context
            .getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    STATE, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    if (context.isRestored()) {
      for (String learner : learnersInState()) {
        setCurrentKey(learner);
        tallies.put(learner, Tally.read(state.value()));
      }
    }
  }

  private Iterable<String> learnersInState() {
    try (var keys = this.<String>getKeyedStateBackend().getKeys(STATE, VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    gauges = new FigureGauges(getMetricGroup());
    schedule();
  }

  @Override
  public void processElement(StreamRecord<MetricsChunk> element) {
    MetricsChunk chunk = element.getValue();
    String learner = chunk.learner();
    Tally tally = tallies.computeIfAbsent(learner, id -> new Tally(target));
    tally.add(chunk);
    if (tally.holdsWindow(window)) {
      emit(tally.closeWindow(learner, window, now()));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    report();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (Map.Entry<String, Tally> entry : tallies.entrySet()) {
      setCurrentKey(entry.getKey());
      state.update(entry.getValue().write());
    }
  }

  @Override
  public void endInput() {
    report();
  }

  private void report() {
    tallies.forEach(
        (learner, tally) -> {
          if (tally.changed()) {
            emit(tally.cumulative(learner, now()));
          }
        });
  }

  private void schedule() {
    var unused = // the callback's errors fail the task, the future says nothing more
        getProcessingTimeService()
            .registerTimer(
                now() + REPORT_MILLIS,
                fired -> {
                  report();
                  schedule();
                });
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private void emit(MetricsReport report) {
    gauges.show(report.window() == 0 ? LearningMetric.CUMULATIVE : LearningMetric.WINDOW, report);
    output.collect(new StreamRecord<>(report));
  }
}
