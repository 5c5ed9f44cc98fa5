package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.operators.flink.CoLocation;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.shared.PriorSpec;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.CheckpointConfig;

/** Places a learner with one model per key into a job. */
public final class PerKeyTraining {
  private PerKeyTraining() {}

  /**
   * Predicts every example by the model of its key, and learns from it if it is labelled.
   *
   * @param examples encoded records; of one key in the order in which they shall be learned
   */
  public static LearnerStreams attach(DataStream<Example> examples, PerKeySpec spec) {
    KeyChoice choice = spec.key();
    SingleOutputStreamOperator<PredictionRecord> predictions =
        examples
            .keyBy(choice::of, Types.STRING)
            .transform(
                spec.learner() + " models",
                RecordTypes.PREDICTION,
                PerKeyOperator.factory(spec, checkpointMillis(examples)))
            .uid(spec.learner() + "-model");
    PriorSpec prior = spec.prior();
    if (prior != null) {
      predictions.setParallelism(prior.shared().parallelism());
      CoLocation.join(predictions, prior.shared().coLocationGroup());
    }
    return new LearnerStreams(
        predictions,
        predictions.getSideOutput(PerKeyOperator.METRICS),
        predictions.getSideOutput(PerKeyOperator.BLOCKS),
        predictions.getSideOutput(PerKeyOperator.PARTS));
  }

  /**
   * How many milliseconds are to be between two checkpoints at least, 0 where there will be none;
   * of Flink 1.20 and 2.2 only the environment says so.
   */
  static long checkpointMillis(DataStream<?> stream) {
    CheckpointConfig checkpoints = stream.getExecutionEnvironment().getCheckpointConfig();
    return checkpoints.isCheckpointingEnabled()
        ? Math.max(checkpoints.getCheckpointInterval(), checkpoints.getMinPauseBetweenCheckpoints())
        : 0;
  }
}
