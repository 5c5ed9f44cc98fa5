package io.anabranch.models.drift;

import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import java.util.Arrays;

/**
 * Brings errors of numbers, which have no bound, between 0 and 1:
 *
 * <pre>
 * u = |e| / (|e| + m),   m the median of the first 99 |e|
 * </pre>
 *
 * The scale stands still afterwards: one that follows the errors would make a slow change of them
 * out of its own. The owner begins with a new one after each change.
 */
final class ErrorScale {
  private static final int SAMPLE = 99;

  private double[] sample = new double[SAMPLE];
  private int taken;
  private double median;

  /** Whether the scale is known; if not, this error has been taken to find it. */
  boolean ready(double error) {
    if (taken == SAMPLE) {
      return true;
    }
    sample[taken++] = finite(error);
    if (taken == SAMPLE) {
      Arrays.sort(sample);
      median = sample[SAMPLE / 2];
    }
    return false;
  }

  /** How many errors it has taken. */
  int taken() {
    return taken;
  }

  /** A prediction that is no number is as wrong as can be. */
  private static double finite(double error) {
    double absolute = Math.abs(error);
    return absolute <= Double.MAX_VALUE ? absolute : Double.MAX_VALUE; // false for NaN
  }

  /** The error between 0 and 1. */
  double of(double error) {
    double absolute = finite(error);
    return absolute == 0 ? 0 : 1 / (1 + median / absolute);
  }

  void write(ModelWriter out) {
    out.writeDouble(median);
    out.writeDoubles(sample, 0, taken);
  }

  static ErrorScale read(ModelReader in) {
    ErrorScale scale = new ErrorScale();
    scale.median = in.readDouble();
    double[] sample = in.readDoubles();
    if (sample.length > SAMPLE) {
      throw new CorruptModelException(
          "the sample of a scale of errors must have at most %d values, got %d"
              .formatted(SAMPLE, sample.length));
    }
    System.arraycopy(sample, 0, scale.sample, 0, sample.length);
    scale.taken = sample.length;
    return scale;
  }
}
