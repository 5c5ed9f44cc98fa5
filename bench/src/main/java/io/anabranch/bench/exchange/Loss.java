package io.anabranch.bench.exchange;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;

/** What the predictions of a run cost: log loss of classes, squared error of numbers. */
final class Loss {
  private static final double LEAST_PROBABILITY = 1e-15;

  private double sum;
  private long scored;

  void add(Prediction prediction, Example example) {
    sum += of(prediction, example);
    scored++;
  }

  private static double of(Prediction prediction, Example example) {
    if (prediction.type() == TargetType.NUMERIC) {
      double error = prediction.value() - example.target();
      return error * error;
    }
    if (prediction.type() == TargetType.BINARY) {
      double positive = prediction.probability();
      return logLoss(example.target() == 1 ? positive : 1 - positive);
    }
    for (int c = 0; c < prediction.classCount(); c++) {
      if (prediction.className(c).equals(example.label())) {
        return logLoss(prediction.classProbability(c));
      }
    }
    return logLoss(0);
  }

  private static double logLoss(double probability) {
    return -Math.log(Math.max(LEAST_PROBABILITY, probability));
  }

  /** Per example. */
  double mean() {
    return sum / scored;
  }

  /** By which part of itself the loss is greater than another; 0.01 is one per cent. */
  double beyond(Loss other) {
    return mean() / other.mean() - 1;
  }
}
