package io.anabranch.models.metrics;

import io.anabranch.models.math.Numerics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.SortedMap;

/** How far numbers were off, and the moments of the targets, which say how far they could be. */
final class NumericErrors {
  private long scored;
  private double absolute;
  private double squared;
  // Count, mean and squared deviations: a sum of squares would cancel where the mean is large.
  private final double[] targets = new double[3];

  void score(double predicted, double actual) {
    double error = predicted - actual;
    scored++;
    absolute += Math.abs(error);
    squared += error * error;
    Numerics.mergeMoments(targets, 0, 1, actual, 0);
  }

  void merge(NumericErrors other) {
    scored += other.scored;
    absolute += other.absolute;
    squared += other.squared;
    Numerics.mergeMoments(targets, 0, other.targets, 0);
  }

  void clear() {
    scored = 0;
    absolute = 0;
    squared = 0;
    Arrays.fill(targets, 0);
  }

  /** Adds mae, rmse and, unless all targets are equal, r2. */
  void figures(SortedMap<String, Double> into) {
    if (scored == 0) {
      return;
    }
    Figures.put("mae", absolute / scored, into);
    Figures.put("rmse", Math.sqrt(squared / scored), into);
    double deviations = targets[2];
    if (deviations > 0) {
      Figures.put("r2", 1 - squared / deviations, into);
    }
  }

  void write(DataOutput out) throws IOException {
    Varint.write(scored, out);
    out.writeDouble(absolute);
    out.writeDouble(squared);
    out.writeDouble(targets[1]);
    out.writeDouble(targets[2]);
  }

  void read(DataInput in) throws IOException {
    scored = Varint.read(in);
    absolute = in.readDouble();
    squared = in.readDouble();
    targets[0] = scored;
    targets[1] = in.readDouble();
    targets[2] = in.readDouble();
  }
}
