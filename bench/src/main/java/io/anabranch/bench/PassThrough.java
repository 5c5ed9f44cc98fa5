package io.anabranch.bench;

import io.anabranch.job.decode.RecordDecoder;
import io.anabranch.job.decode.RecordDecoders;
import io.anabranch.job.decode.RecordException;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.topology.RawRecord;
import io.anabranch.models.data.Example;
import io.anabranch.operators.record.PredictionRecord;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Decodes as the job does, and "predicts" one half: everything but the learning. */
final class PassThrough extends RichFlatMapFunction<RawRecord, PredictionRecord> {
  private static final long serialVersionUID = 1L;

  private final Pipeline pipeline;

  private transient RecordDecoder decoder;
  private transient Example example;
  private transient PredictionRecord prediction;

  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  PassThrough(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public void open(OpenContext context) {
    decoder = RecordDecoders.of(pipeline, List.of());
    example = new Example();
    prediction = new PredictionRecord();
  }

  @Override
  public void flatMap(RawRecord raw, Collector<PredictionRecord> out) throws RecordException {
    raw.decode(decoder, example);
    prediction.of(example, "pass", 0);
    prediction.prediction().binary(0.5);
    out.collect(prediction);
  }
}
