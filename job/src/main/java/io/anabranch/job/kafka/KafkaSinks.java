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
import org.apache.flink.api.connector.sink2.Sink;

/** Writes to the pipeline's output topics. */
public final class KafkaSinks implements Sinks {
  private final Pipeline pipeline;
  private final KafkaOutput output;

  /** The sinks of a pipeline, whose topics are there. */
  public KafkaSinks(Pipeline pipeline, SinkSettings settings) {
    this.pipeline = pipeline;
    this.output = new KafkaOutput(pipeline, settings);
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
    return output.sink(Output.MODELS, "blocks", new BlockSchema(modelLog()));
  }

  @Override
  public Sink<ModelRecord.Manifest> manifests() {
    return output.sink(Output.MODELS, "manifests", new ManifestSchema(modelLog(), pipeline));
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
