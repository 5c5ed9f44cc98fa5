package io.anabranch.models.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SortedMap;

/**
 * How far numbers were off. The spread of the targets is kept as mean and sum of squared deviations
 * and merged by Chan, Golub, LeVeque (Updating Formulae and a Pairwise Algorithm for Computing
 * Sample Variances, 1979), since sums of squares would cancel where the mean is large.
 */
final class NumericErrors {
  private long scored;
  private double absolute;
  private double squared;
  private double mean;
  private double deviations;

  void score(double predicted, double actual) {
    double error = predicted - actual;
    absolute += Math.abs(error);
    squared += error * error;
    scored++;
    double delta = actual - mean;
    mean += delta / scored;
    deviations += delta * (actual - mean);
  }

  void merge(NumericErrors other) {
    if (other.scored == 0) {
      return;
    }
    absolute += other.absolute;
    squared += other.squared;
    double delta = other.mean - mean;
    long all = scored + other.scored;
    double share = (double) other.scored / all;
    mean += delta * share;
    deviations += other.deviations + delta * delta * scored * share;
    scored = all;
  }

  void clear() {
    scored = 0;
    absolute = 0;
    squared = 0;
    mean = 0;
    deviations = 0;
  }

  /** Adds mae, rmse and, unless all targets are equal, r2. */
  void figures(SortedMap<String, Double> into) {
    if (scored == 0) {
      return;
    }
    Figures.put("mae", absolute / scored, into);
    Figures.put("rmse", Math.sqrt(squared / scored), into);
    if (deviations > 0) {
      Figures.put("r2", 1 - squared / deviations, into);
    }
  }

  void write(DataOutput out) throws IOException {
    Varint.write(scored, out);
    out.writeDouble(absolute);
    out.writeDouble(squared);
    out.writeDouble(mean);
    out.writeDouble(deviations);
  }

  void read(DataInput in) throws IOException {
    scored = Varint.read(in);
    absolute = in.readDouble();
    squared = in.readDouble();
    mean = in.readDouble();
    deviations = in.readDouble();
  }
}
