package io.anabranch.operators.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.operators.record.ExampleBatch;
import io.anabranch.operators.record.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
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
        try (OneInputStreamOperatorTestHarness<Example, ExampleBatch> harness =
            harness(parallelism, subtask)) {
          if (before > 0) {
            harness.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    state, 128, before, parallelism, subtask));
          }
          harness.open();
          for (int i = 0; i < 10; i++) {
            harness.processElement(new StreamRecord<>(new Example()));
            harness.prepareSnapshotPreBarrier(before);
          }
          harness.extractOutputValues().forEach(batch -> numbers.add(batch.first()));
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

  @Test
  void examplesWaitForOthersUntilTheirTimeIsUp() throws Exception {
    try (OneInputStreamOperatorTestHarness<Example, ExampleBatch> harness = opened()) {
      for (int round = 1; round <= 2; round++) {
        harness.processElement(new StreamRecord<>(new Example()));
        harness.processElement(new StreamRecord<>(new Example()));
        assertThat(harness.extractOutputValues()).hasSize(round - 1);
        harness.setProcessingTime(round * NumberingOperator.GATHER_MILLIS);
        assertThat(harness.extractOutputValues()).hasSize(round);
      }
      assertThat(harness.extractOutputValues())
          .extracting(ExampleBatch::count)
          .containsExactly(2, 2);
    }
  }

  @Test
  void noneWaitsOverABarrierAWatermarkOrTheEnd() throws Exception {
    try (OneInputStreamOperatorTestHarness<Example, ExampleBatch> harness = opened()) {
      harness.processElement(new StreamRecord<>(new Example()));
      harness.prepareSnapshotPreBarrier(1);
      assertThat(harness.getOutput()).hasSize(1);
      harness.processElement(new StreamRecord<>(new Example()));
      harness.processWatermark(new Watermark(7));
      assertThat(harness.getOutput()).hasSize(3).last().isEqualTo(new Watermark(7));
      harness.processElement(new StreamRecord<>(new Example()));
      harness.endInput();
      assertThat(harness.extractOutputValues())
          .extracting(ExampleBatch::count)
          .containsExactly(1, 1, 1);
    }
  }

  private static OneInputStreamOperatorTestHarness<Example, ExampleBatch> opened()
      throws Exception {
    var harness = harness(1, 0);
    harness.open();
    return harness;
  }

  private static OneInputStreamOperatorTestHarness<Example, ExampleBatch> harness(
      int parallelism, int subtask) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<Example, ExampleBatch>(
            NumberingOperator.factory(), 128, parallelism, subtask);
    harness.setup(RecordTypes.EXAMPLE_BATCH.createSerializer(new SerializerConfigImpl()));
    return harness;
  }
}
