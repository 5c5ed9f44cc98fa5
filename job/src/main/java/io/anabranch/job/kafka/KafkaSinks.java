package io.anabranch.job.kafka;

import io.anabranch.job.output.DeadLetter;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.job.pipeline.Pipeline.Output;
import io.anabranch.job.topology.LearnerKey;
import io.anabranch.job.topology.Sinks;
import io.anabranch.modellog.ModelLogWriter;
import io.anabranch.operators.record.MetricsReport;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.PredictionRecord;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;

/** Writes to the pipeline's output topics. */
public final class KafkaSinks implements Sinks {
  // Most blocks come before a barrier, which commits them; this is for those that leave the cache
  // in between, and keeps committed readers no longer from what others wrote.
  private static final Duration BLOCKS_LINGER = Duration.ofMillis(200);

  private final Pipeline pipeline;
  private final KafkaOutput output;

  /** The sinks of a pipeline, whose topics are there. */
  public KafkaSinks(Pipeline pipeline, SinkSettings settings, RunTurn turn) {
    this.pipeline = pipeline;
    this.output = new KafkaOutput(pipeline, settings, turn);
  }

  @Override
  public Sink<PredictionRecord> predictions(LearnerEntry learner) {
    return output.sink(
        Output.PREDICTIONS,
        learner.id(),
        new PredictionSchema(
            output.topic(Output.PREDICTIONS),
            pipeline.target().target(),
            LearnerKey.of(pipeline, learner).present()));
  }

  @Override
  public Sink<ModelRecord.Block> blocks() {
    return output.modelSink("blocks", BLOCKS_LINGER, new BlockRecords(modelLog()));
  }

  @Override
  public Sink<ModelRecord.Manifest> manifests() {
    return output.modelSink("manifests", Duration.ZERO, new ManifestRecords(modelLog(), pipeline));
  }

  private ModelLogWriter modelLog() {
    return new ModelLogWriter(output.topic(Output.MODELS), pipeline.name());
  }

  @Override
  public Sink<MetricsReport> metrics() {
    return output.sink(Output.METRICS, "reports", new MetricsSchema(output.topic(Output.METRICS)));
  }

  @Override
  public Sink<DeadLetter> deadLetters() {
    return output.sink(
        Output.DEAD_LETTERS,
        "letters",
        new DeadLetterSchema(
            output.topic(Output.DEAD_LETTERS), output.maxRecordBytes(Output.DEAD_LETTERS)));
  }
}
