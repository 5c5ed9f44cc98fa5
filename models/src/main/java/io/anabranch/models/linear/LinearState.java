package io.anabranch.models.linear;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.linear.LogisticRegression.Hyper;

/**
 * What both placements of a linear model hold: weights, moments, and the first of a kernel's two
 * passes, which gathers all lines of an example so that their cache misses overlap.
 */
final class LinearState {
  final int hashBits;
  final CoordinateTable weights = new CoordinateTable();
  final MomentTable moments = new MomentTable();
  final FtrlStep dense;
  final FtrlStep sparse;
  private final int bias;
  private final double[] scratch = new double[MomentTable.WIDTH];

  /** Where the lines of the gathered example begin; the intercept's is the last. */
  int[] lines = new int[0];

  /** The gathered inputs, scaled. */
  float[] inputs = new float[0];

  LinearState(int hashBits, Hyper hyper) {
    this.hashBits = hashBits;
    bias = FeatureVector.bias(hashBits);
    dense = new FtrlStep(hyper.denseAlpha(), hyper);
    sparse = new FtrlStep(hyper.sparseAlpha(), hyper);
  }

  /** The margin, without a change. */
  double margin(FeatureVector features) {
    int[] coordinates = features.coordinates();
    float[] values = features.values();
    int numeric = features.numericCount();
    double margin = known(bias, 1, dense);
    for (int i = 0; i < numeric; i++) {
      margin += known(coordinates[i], moments.preview(coordinates[i], values[i], scratch), dense);
    }
    for (int i = numeric; i < features.size(); i++) {
      margin += known(coordinates[i], values[i], sparse);
    }
    return margin;
  }

  /** Gathers an example whose numeric values are in the moments already, and gives its margin. */
  double gather(FeatureVector features) {
    int size = features.size();
    int numeric = features.numericCount();
    if (inputs.length <= size) {
      inputs = new float[2 * size + 1];
    }
    weights.reserve(size + 1);
    int[] coordinates = features.coordinates();
    float[] values = features.values();
    float[] x = inputs;
    for (int i = 0; i < numeric; i++) {
      x[i] = moments.standardise(coordinates[i], values[i]);
    }
    System.arraycopy(values, numeric, x, numeric, size - numeric);
    x[size] = 1;
    int[] at = touch(coordinates, size);
    at[size] = weights.touch(bias);
    int[] table = weights.lines();
    double margin = weightAt(table, at[size], dense);
    for (int i = 0; i < numeric; i++) {
      margin += (double) weightAt(table, at[i], dense) * x[i];
    }
    for (int i = numeric; i < size; i++) {
      margin += (double) weightAt(table, at[i], sparse) * x[i];
    }
    return margin;
  }

  /**
   * Where the lines of some coordinates begin, in {@link #lines}, which has room for one more; room
   * in the table must have been made. The loop does nothing else, so that cache misses overlap.
   */
  int[] touch(int[] coordinates, int count) {
    if (lines.length <= count) {
      lines = new int[2 * count + 1];
    }
    int[] at = lines;
    for (int i = 0; i < count; i++) {
      at[i] = weights.touch(coordinates[i]);
    }
    return at;
  }

  /** Makes the coordinates of a stored model known. */
  void restore(int[] coordinates, float[] u, float[] n) {
    weights.reserve(coordinates.length);
    int[] table = weights.lines();
    for (int i = 0; i < coordinates.length; i++) {
      int line = weights.touch(coordinates[i]);
      table[line + CoordinateTable.U] = Float.floatToRawIntBits(u[i]);
      table[line + CoordinateTable.N] = Float.floatToRawIntBits(n[i]);
    }
  }

  /** One of the two floats of each coordinate. */
  float[] floats(int[] coordinates, int which) {
    float[] values = new float[coordinates.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(weights.lines()[weights.find(coordinates[i]) + which]);
    }
    return values;
  }

  private double known(int coordinate, float input, FtrlStep step) {
    int line = weights.find(coordinate);
    return line < 0 ? 0 : (double) weightAt(weights.lines(), line, step) * input;
  }

  private static float weightAt(int[] table, int line, FtrlStep step) {
    return step.weight(
        Float.intBitsToFloat(table[line + CoordinateTable.U]),
        Float.intBitsToFloat(table[line + CoordinateTable.N]));
  }
}
