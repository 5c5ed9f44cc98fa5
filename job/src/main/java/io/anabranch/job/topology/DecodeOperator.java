package io.anabranch.job.topology;

import io.anabranch.job.decode.RecordDecoder;
import io.anabranch.job.decode.RecordException;
import io.anabranch.job.output.DeadLetter;
import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.operators.evaluation.InputMeter;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.OffsetsChunk;
import io.anabranch.operators.record.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Turns raw records into examples, in the chain of their source. What cannot be decoded goes to the
 * dead letters; everything is counted, and the counts leave before each barrier, so that they are
 * exact after a restart.
 */
final class DecodeOperator extends AbstractStreamOperator<Example>
    implements OneInputStreamOperator<RawRecord, Example>, BoundedOneInput {
  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", DeadLetter.TYPE);
  static final OutputTag<MetricsChunk> METRICS =
      new OutputTag<>("metrics", RecordTypes.METRICS_CHUNK);
  static final OutputTag<OffsetsChunk> OFFSETS =
      new OutputTag<>("offsets", RecordTypes.OFFSETS_CHUNK);

  private static final long SHIP_MILLIS = 200;

  // -- configuration

  private final DecoderFactory decoders;
  private final String topic;
  private final Target target;
  private final List<String> learners;
  private final List<String> keyFields;

  // -- runtime

  private transient RecordDecoder decoder;
  private transient InputMeter meter;
  private transient StreamRecord<Example> example;
  private transient List<OutputTag<Example>> keyed;
  private transient DecodeMetrics metered;
  private transient Optional<ScheduledFuture<?>> shipping;

  /**
   * Decodes for these learners.
   *
   * @param keyFields the fields by which some learners' records are keyed, in the decoder's order
   */
  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  DecodeOperator(
      DecoderFactory decoders,
      String topic,
      Target target,
      List<String> learners,
      List<String> keyFields) {
    this.decoders = decoders;
    this.topic = topic;
    this.target = target;
    this.learners = List.copyOf(learners);
    this.keyFields = List.copyOf(keyFields);
    chainingStrategy = ChainingStrategy.ALWAYS;
  }

  /** The examples, with the text of this field as their key. */
  static OutputTag<Example> keyedBy(String field) {
    return new OutputTag<>("keyed-by-" + field, RecordTypes.EXAMPLE);
  }

  @Override
  public void open() throws Exception {
    super.open();
    decoder = decoders.create();
    meter = new InputMeter(topic, learners, target);
    example = new StreamRecord<>(new Example());
    keyed = new ArrayList<>();
    keyFields.forEach(field -> keyed.add(keyedBy(field)));
    metered = new DecodeMetrics(getMetricGroup());
    shipping =
        Optional.of(
            getProcessingTimeService()
                .scheduleWithFixedDelay(time -> shipCounts(), SHIP_MILLIS, SHIP_MILLIS));
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    RawRecord raw = element.getValue();
    meter.read(raw.partition(), raw.offset());
    Example decoded = example.getValue();
    try {
      raw.decode(decoder, decoded);
    } catch (RecordException e) {
      refuse(raw, e);
      return;
    }
    meter.decoded(decoded.labelled());
    metered.decoded(raw.timestamp(), decoded.labelled());
    output.collect(example);
    emitByOtherKeys(decoded);
  }

  private void refuse(RawRecord raw, RecordException error) {
    meter.deadLetter();
    metered.deadLetter(error.stage());
    DeadLetter letter =
        new DeadLetter(
            String.valueOf(error.getMessage()),
            error.stage().text(),
            raw.topic(),
            raw.partition(),
            raw.offset(),
            raw.key(),
            raw.value());
    output.collect(DEAD_LETTERS, new StreamRecord<>(letter));
  }

  private void emitByOtherKeys(Example decoded) {
    for (int i = 0; i < keyed.size(); i++) {
      // A network edge follows, which serialises at once: the buffer may be changed again.
      decoded.rekey(decoder.extraKey(i));
      output.collect(keyed.get(i), example);
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    shipCounts();
    TaskInfo task = getRuntimeContext().getTaskInfo();
    output.collect(
        OFFSETS,
        new StreamRecord<>(
            meter.offsets(
                checkpoint, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks())));
  }

  @Override
  public void endInput() {
    shipCounts();
  }

  @Override
  public void close() throws Exception {
    if (shipping != null) { // open() may have failed
      shipping.ifPresent(timer -> timer.cancel(false));
    }
    super.close();
  }

  private void shipCounts() {
    meter.ship(chunk -> output.collect(METRICS, new StreamRecord<>(chunk)));
  }
}
