package io.anabranch.bench.large;

import io.anabranch.operators.record.PredictionRecord;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Adds up the log loss of predictions of {@link NewIds} and that of the true probabilities, in
 * expectation over the label, which has less noise than the loss of the label itself.
 */
final class NewIdLosses extends RichMapFunction<PredictionRecord, Long> {
  static final LongAdder PREDICTED = new LongAdder();

  private static final long serialVersionUID = 1;
  private static final int AT_ONCE = 1_000;
  private static final DoubleAdder LOSS = new DoubleAdder();
  private static final DoubleAdder LEAST = new DoubleAdder();

  private double loss;
  private double least;
  private int pending;

  /** Sums up to now; a difference of two is of what came between. */
  record Sums(long predicted, double loss, double least) {
    static Sums now() {
      return new Sums(PREDICTED.sum(), LOSS.sum(), LEAST.sum());
    }

    double meanLossSince(Sums before) {
      return (loss - before.loss) / (predicted - before.predicted);
    }

    double meanExcessSince(Sums before) {
      return meanLossSince(before) - (least - before.least) / (predicted - before.predicted);
    }
  }

  @Override
  public Long map(PredictionRecord record) {
    double truth = NewIds.truth(record.time());
    loss += crossEntropy(truth, record.prediction().probability());
    least += crossEntropy(truth, truth);
    if (++pending == AT_ONCE) {
      LOSS.add(loss);
      LEAST.add(least);
      PREDICTED.add(pending);
      loss = 0;
      least = 0;
      pending = 0;
    }
    return record.version();
  }

  private static double crossEntropy(double truth, double said) {
    return -truth * Math.log(said) - (1 - truth) * Math.log1p(-said);
  }
}
