package io.anabranch.bench;

import io.anabranch.operators.record.PredictionRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Notes how long each prediction took; chained behind the models. */
final class LatencyTap extends RichMapFunction<PredictionRecord, PredictionRecord> {
  private static final long serialVersionUID = 1L;

  private transient KeyLatency.Subtask subtask;

  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  LatencyTap() {}

  @Override
  public void open(OpenContext context) {
    subtask = KeyLatency.join();
  }

  @Override
  public PredictionRecord map(PredictionRecord prediction) {
    subtask.add(prediction.key(), System.nanoTime() - prediction.time());
    return prediction;
  }
}
