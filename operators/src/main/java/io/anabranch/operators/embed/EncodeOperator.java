package io.anabranch.operators.embed;

import io.anabranch.models.data.Example;
import io.anabranch.models.feature.FeatureException;
import io.anabranch.operators.evaluation.InputMeter;
import io.anabranch.operators.flink.ChainingFactory;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.RecordTypes;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into examples, chained to what comes before. What cannot be used leaves by a side
 * output; everything is counted, and the counts leave before each barrier.
 */
final class EncodeOperator<T> extends AbstractStreamOperator<Example>
    implements OneInputStreamOperator<T, Example>, BoundedOneInput {
  static final OutputTag<MetricsChunk> METRICS =
      new OutputTag<>("metrics", RecordTypes.METRICS_CHUNK);

  private static final long SHIP_MILLIS = 200;

  /** A record that cannot be used is one whose bytes were no problem. */
  private static final String CAUSE = "validate";

  // -- configuration
  private final String learner;
  private final ExampleMapping<T> mapping;
  private final OutputTag<Refused<T>> refusals;

  // -- runtime
  private transient ExampleMapping.Encoder<T> encoder;
  private transient InputMeter meter;
  private transient StreamRecord<Example> example;
  private transient Counter records;
  private transient Counter unlabelled;
  private transient Counter refused;
  private transient @Nullable ScheduledFuture<?> shipping;

  static <T> ChainingFactory<T, Example> factory(
      String learner, ExampleMapping<T> mapping, OutputTag<Refused<T>> refusals) {
    return new ChainingFactory<>(
        ChainingStrategy.ALWAYS,
        parameters -> new EncodeOperator<>(parameters, learner, mapping, refusals));
  }

  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  private EncodeOperator(
      StreamOperatorParameters<Example> parameters,
      String learner,
      ExampleMapping<T> mapping,
      OutputTag<Refused<T>> refusals) {
    this.learner = learner;
    this.mapping = mapping;
    this.refusals = refusals;
    setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    processingTimeService = parameters.getProcessingTimeService();
  }

  @Override
  public void open() throws Exception {
    super.open();
    encoder = mapping.encoder();
    meter = new InputMeter("", List.of(learner), mapping.target());
    example = new StreamRecord<>(new Example());
    Metered input = Metered.input(getMetricGroup());
    records = input.counter(LearningMetric.RECORDS);
    unlabelled = input.counter(LearningMetric.UNLABELLED);
    refused = input.cause(CAUSE).counter(LearningMetric.DEAD_LETTERS);
    shipping =
        getProcessingTimeService()
            .scheduleWithFixedDelay(time -> shipCounts(), SHIP_MILLIS, SHIP_MILLIS);
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    try {
      encoder.encode(element.getValue(), timestamp(element), example.getValue());
    } catch (RefusalException | FeatureException e) {
      meter.deadLetter();
      refused.inc();
      output.collect(
          refusals,
          element
              .copy(null)
              .replace(new Refused<>(element.getValue(), String.valueOf(e.getMessage()))));
      return;
    }
    meter.decoded(example.getValue().labelled());
    records.inc();
    if (!example.getValue().labelled()) {
      unlabelled.inc();
    }
    if (element.hasTimestamp()) {
      example.setTimestamp(element.getTimestamp());
    } else {
      example.eraseTimestamp();
    }
    output.collect(example);
  }

  private long timestamp(StreamRecord<T> element) {
    return element.hasTimestamp()
        ? element.getTimestamp()
        : getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    shipCounts();
  }

  @Override
  public void endInput() {
    shipCounts();
  }

  @Override
  public void close() throws Exception {
    if (shipping != null) { // open() may have failed
      shipping.cancel(false);
    }
    super.close();
  }

  private void shipCounts() {
    meter.ship(chunk -> output.collect(METRICS, new StreamRecord<>(chunk)));
  }
}
