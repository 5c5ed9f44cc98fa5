package io.anabranch.operators.flink;

import java.util.List;
import java.util.Queue;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** What an operator under test put out besides. */
public final class SideOutputs {
  private SideOutputs() {}

  /** All of one kind, in order. */
  public static <T> List<T> of(AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
    Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
    return records == null // nothing was emitted
        ? List.of()
        : records.stream().map(StreamRecord::getValue).toList();
  }
}
