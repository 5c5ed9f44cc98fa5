package io.anabranch.job.topology;

import io.anabranch.job.output.DeadLetter;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.operators.record.MetricsReport;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.PredictionRecord;
import org.apache.flink.api.connector.sink2.Sink;

/** What a job writes to. */
public interface Sinks {

  /** The predictions of one learner; reused buffers, to be serialised at once. */
  Sink<PredictionRecord> predictions(LearnerEntry learner);

  /** Live weights. */
  Sink<ModelRecord.Block> blocks();

  /** Versions of models. */
  Sink<ModelRecord.Manifest> manifests();

  /** Prequential figures. */
  Sink<MetricsReport> metrics();

  /** Records that could not be used. */
  Sink<DeadLetter> deadLetters();
}
