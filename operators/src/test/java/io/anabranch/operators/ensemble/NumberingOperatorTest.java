package io.anabranch.operators.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.operators.record.NumberedExample;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class NumberingOperatorTest {

  @Test
  void afterRestoresAtAnyParallelismNoNumberComesAgain() throws Exception {
    List<Long> numbers = new ArrayList<>();
    OperatorSubtaskState state = OperatorSubtaskState.builder().build();
    int before = 0;
    for (int parallelism : new int[] {2, 3, 1}) {
      List<OperatorSubtaskState> states = new ArrayList<>();
      for (int subtask = 0; subtask < parallelism; subtask++) {
        try (OneInputStreamOperatorTestHarness<Example, NumberedExample> harness =
            new OneInputStreamOperatorTestHarness<>(
                NumberingOperator.factory(), 128, parallelism, subtask)) {
          if (before > 0) {
            harness.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    state, 128, before, parallelism, subtask));
          }
          harness.open();
          for (int i = 0; i < 10; i++) {
            harness.processElement(new StreamRecord<>(new Example()));
            // The element is a buffer that the next one is written into.
            numbers.add(harness.extractOutputValues().get(i).number());
          }
          states.add(harness.snapshot(before, before));
        }
      }
      state =
          AbstractStreamOperatorTestHarness.repackageState(
              states.toArray(OperatorSubtaskState[]::new));
      before = parallelism;
    }
    assertThat(numbers).hasSize(60).doesNotHaveDuplicates();
  }
}
