package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.operators.evaluation.InputMeter;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.OffsetsChunk;
import io.anabranch.operators.record.RecordTypes;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Stands where decoding stands: meters what passes, and fails once at each of some offsets. */
final class MeteringDecoder extends AbstractStreamOperator<Example>
    implements OneInputStreamOperator<Long, Example>, BoundedOneInput {
  static final OutputTag<MetricsChunk> METRICS =
      new OutputTag<>("metrics", RecordTypes.METRICS_CHUNK);
  static final OutputTag<OffsetsChunk> OFFSETS =
      new OutputTag<>("offsets", RecordTypes.OFFSETS_CHUNK);

  private final String learner;
  private final Failures failures;
  private transient InputMeter meter;

  MeteringDecoder(String learner, Failures failures) {
    this.learner = learner;
    this.failures = failures;
  }

  @Override
  public void open() throws Exception {
    super.open();
    meter = new InputMeter("in", List.of(learner), Target.binary("1"));
  }

  @Override
  public void processElement(StreamRecord<Long> element) {
    long number = element.getValue();
    failures.at(number);
    meter.read(0, number);
    meter.decoded(true);
    output.collect(new StreamRecord<>(example(number)));
  }

  /** The example of a number: one of 31 keys. */
  static Example example(long number) {
    return PerKeyHarness.labelled("k" + number * number % 61, number, number * 31 % 7 < 3);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    output.collect(OFFSETS, new StreamRecord<>(meter.offsets(checkpoint, 0, 1)));
    ship();
  }

  @Override
  public void endInput() {
    ship();
  }

  private void ship() {
    meter.ship(chunk -> output.collect(METRICS, new StreamRecord<>(chunk)));
  }
}
