package io.anabranch.models.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * How much the probabilities are worth: log loss, and the expected calibration error
 *
 * <pre>
 * ECE = Σ_m |B_m| / n · | acc(B_m) − conf(B_m) |
 * </pre>
 *
 * over {@link #BINS} bins ((m − 1)/M, m/M] of the confidence in the predicted class (Guo, Pleiss,
 * Sun, Weinberger: On Calibration of Modern Neural Networks, ICML 2017, equation 3; their M = 15).
 */
final class Calibration {
  static final int BINS = 15;

  /**
   * The probability of the true class is taken as at least this, so that one wrong certainty costs
   * 34.5 and not infinity.
   */
  static final double LEAST_PROBABILITY = 1e-15;

  private final long[] counts = new long[BINS];
  private final long[] corrects = new long[BINS];
  private final double[] confidences = new double[BINS];
  private long losses;
  private double lossSum;

  /** Scores the probability of the true class, 0 to 1. */
  void loss(double probability) {
    losses++;
    lossSum -= Math.log(Math.max(LEAST_PROBABILITY, probability));
  }

  /** Scores the probability of the predicted class, 0 to 1. */
  void confidence(double confidence, boolean right) {
    int bin = Math.max(0, (int) Math.ceil(confidence * BINS) - 1);
    counts[bin]++;
    corrects[bin] += right ? 1 : 0;
    confidences[bin] += confidence;
  }

  void merge(Calibration other) {
    losses += other.losses;
    lossSum += other.lossSum;
    for (int bin = 0; bin < BINS; bin++) {
      counts[bin] += other.counts[bin];
      corrects[bin] += other.corrects[bin];
      confidences[bin] += other.confidences[bin];
    }
  }

  void clear() {
    losses = 0;
    lossSum = 0;
    Arrays.fill(counts, 0);
    Arrays.fill(corrects, 0);
    Arrays.fill(confidences, 0);
  }

  /** Adds logLoss and ece. */
  void figures(SortedMap<String, Double> into) {
    if (losses > 0) {
      Figures.put("logLoss", lossSum / losses, into);
    }
    long n = 0;
    double gaps = 0;
    for (int bin = 0; bin < BINS; bin++) {
      n += counts[bin];
      gaps += Math.abs(corrects[bin] - confidences[bin]);
    }
    if (n > 0) {
      Figures.put("ece", gaps / n, into);
    }
  }

  void write(DataOutput out) throws IOException {
    Varint.write(losses, out);
    out.writeDouble(lossSum);
    for (int bin = 0; bin < BINS; bin++) {
      Varint.write(counts[bin], out);
      if (counts[bin] > 0) {
        Varint.write(corrects[bin], out);
        out.writeDouble(confidences[bin]);
      }
    }
  }

  void read(DataInput in) throws IOException {
    losses = Varint.read(in);
    lossSum = in.readDouble();
    for (int bin = 0; bin < BINS; bin++) {
      counts[bin] = Varint.read(in);
      if (counts[bin] > 0) {
        corrects[bin] = Varint.read(in);
        confidences[bin] = in.readDouble();
      }
    }
  }
}
