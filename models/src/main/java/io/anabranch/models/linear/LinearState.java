package io.anabranch.models.linear;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import org.jspecify.annotations.Nullable;

/**
 * What both placements of a linear model hold: weights, statistics of the inputs, and the first of
 * a kernel's two passes, which gathers all lines of an example so that their cache misses overlap.
 */
final class LinearState {
  /**
   * The most examples that a prior counts as: on late flights by tail number 300 to 3,000 did about
   * as well, and more let a key's own examples say too little.
   */
  private static final double PRIOR_EXAMPLES = 1_000;

  final int hashBits;
  final CoordinateTable weights;
  final InputScaling scaling;
  final FtrlStep dense;
  final FtrlStep sparse;
  private final int bias;
  private final float interceptInput;

  /** Where the lines of the gathered example begin; the intercept's is the last. */
  int[] lines = new int[0];

  // What margin() looked up: for whom, in which table, and what came of it.
  private @Nullable FeatureVector found;
  private long foundChanges;
  private int @Nullable [] foundIn;
  private double margin;

  /** The gathered inputs, scaled. */
  float[] inputs = new float[0];

  LinearState(int hashBits, Hyper hyper) {
    this.hashBits = hashBits;
    weights = new CoordinateTable(hashBits);
    scaling = new InputScaling(hashBits);
    bias = FeatureVector.bias(hashBits);
    dense = new FtrlStep(hyper.denseAlpha(), hyper);
    sparse = new FtrlStep(hyper.sparseAlpha(), hyper);
    interceptInput = hyper.intercept() ? 1 : 0;
  }

  /**
   * The margin, without a change. What was looked up is kept for {@link #gather}: who learns from
   * an example has mostly predicted it just before.
   */
  double margin(FeatureVector features) {
    int size = features.size();
    int numeric = features.numericCount();
    makeRoom(size);
    int[] coordinates = features.coordinates();
    float[] values = features.values();
    int[] at = lines;
    float[] x = inputs;
    for (int i = 0; i < numeric; i++) {
      at[i] = weights.find(coordinates[i]);
    }
    for (int i = numeric; i < size; i++) {
      at[i] = weights.findHashed(coordinates[i]);
    }
    at[size] = weights.find(bias);
    for (int i = 0; i < numeric; i++) {
      x[i] = scaling.preview(coordinates[i], values[i]);
    }
    margin = marginOf(size, numeric, values);
    found = features;
    foundChanges = features.changes();
    foundIn = weights.lines();
    return margin;
  }

  /** Forgets what {@link #margin} looked up, because weights are about to change. */
  void forget() {
    found = null;
  }

  /**
   * Gathers an example whose numeric values are in the statistics already, and gives its margin.
   */
  double gather(FeatureVector features) {
    int size = features.size();
    int numeric = features.numericCount();
    weights.reserve(size + 1, numeric + 1);
    boolean known =
        found == features && foundChanges == features.changes() && foundIn == weights.lines();
    forget();
    if (known) {
      touchUnknown(features.coordinates(), numeric, size);
    } else {
      makeRoom(size);
      touchAll(features.coordinates(), numeric, size);
      lines[size] = weights.touch(bias);
    }
    if (known && numeric == 0) {
      return margin;
    }
    for (int i = 0; i < numeric; i++) {
      inputs[i] = scaling.scale(features.coordinates()[i], features.values()[i]);
    }
    return marginOf(size, numeric, features.values());
  }

  /**
   * By how much steps along the gathered inputs would move the margin, each as far as its rate
   * allows once {@code slope} times its input is among the squares.
   */
  double reach(FeatureVector features, float slope) {
    int numeric = features.numericCount();
    int size = features.size();
    return reach(0, numeric, dense, slope)
        + reach(numeric, size, sparse, slope)
        + reach(size, size + 1, dense, slope);
  }

  private double reach(int from, int to, FtrlStep step, float slope) {
    int[] table = weights.lines();
    double reach = 0;
    for (int i = from; i < to; i++) {
      float n = Float.intBitsToFloat(table[lines[i] + CoordinateTable.N]);
      double input = inputs[i];
      float gradient = FtrlStep.bounded(slope * inputs[i]);
      reach += step.rate(FtrlStep.sum(n, gradient * gradient)) * input * input;
    }
    return reach;
  }

  private void makeRoom(int size) {
    if (inputs.length <= size) {
      inputs = new float[2 * size + 1];
    }
    if (lines.length <= size) {
      lines = new int[2 * size + 1];
    }
  }

  private void touchAll(int[] coordinates, int numeric, int size) {
    int[] at = lines;
    for (int i = 0; i < numeric; i++) {
      at[i] = weights.touch(coordinates[i]);
    }
    for (int i = numeric; i < size; i++) {
      at[i] = weights.touchHashed(coordinates[i]);
    }
  }

  private void touchUnknown(int[] coordinates, int numeric, int size) {
    int[] at = lines;
    for (int i = 0; i < numeric; i++) {
      if (at[i] < 0) {
        at[i] = weights.touch(coordinates[i]);
      }
    }
    for (int i = numeric; i < size; i++) {
      if (at[i] < 0) {
        at[i] = weights.touchHashed(coordinates[i]);
      }
    }
    if (at[size] < 0) {
      at[size] = weights.touch(bias);
    }
  }

  /** The margin of the lines found and of the numeric inputs scaled already. */
  private double marginOf(int size, int numeric, float[] values) {
    int[] table = weights.lines();
    int[] at = lines;
    float[] x = inputs;
    System.arraycopy(values, numeric, x, numeric, size - numeric);
    x[size] = interceptInput;
    double sum = weightAt(table, at[size], dense) * interceptInput;
    for (int i = 0; i < numeric; i++) {
      sum += (double) weightAt(table, at[i], dense) * x[i];
    }
    for (int i = numeric; i < size; i++) {
      sum += (double) weightAt(table, at[i], sparse) * x[i];
    }
    return sum;
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

  /** The weight of a sparse coordinate, 0 when it was never touched. */
  float sparseWeight(int coordinate) {
    return weightAt(weights.lines(), weights.find(coordinate), sparse);
  }

  /**
   * A state that gives the same margins, whose weights a key's own examples move as if they had
   * been learned from few. Coordinates without weight are left out.
   *
   * @param examples how many this one was learned from
   * @throws IllegalArgumentException when only one of the two has an intercept
   */
  LinearState prior(Hyper hyper, long examples) {
    LinearState state = new LinearState(hashBits, hyper);
    if (state.interceptInput != interceptInput) {
      throw new IllegalArgumentException(
          "intercept must be %s as of the shared model, got %s"
              .formatted(interceptInput == 1, hyper.intercept()));
    }
    int[] table = weights.lines();
    float share = examples <= PRIOR_EXAMPLES ? 1 : (float) (PRIOR_EXAMPLES / examples);
    for (int coordinate : weights.coordinates()) {
      boolean numeric = FeatureVector.isNumeric(coordinate, hashBits);
      int line = weights.find(coordinate);
      float weight = weightAt(table, line, numeric ? dense : sparse);
      if (weight != 0) {
        float n = share * Float.intBitsToFloat(table[line + CoordinateTable.N]);
        float u = (numeric ? state.dense : state.sparse).unshrunk(weight, n);
        state.restore(new int[] {coordinate}, new float[] {u}, new float[] {n});
      }
    }
    state.scaling.mergeable().setAll(scaling.mergeable());
    return state;
  }

  /** How many of the first coordinates are not hashed. */
  int numbers(int[] coordinates, int count) {
    int numbers = 0;
    for (int i = 0; i < count; i++) {
      numbers += FeatureVector.isNumeric(coordinates[i], hashBits) ? 1 : 0;
    }
    return numbers;
  }

  /** Makes the coordinates of a stored model known. */
  void restore(int[] coordinates, float[] u, float[] n) {
    weights.reserve(coordinates.length, numbers(coordinates, coordinates.length));
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

  /** 0 where there is no line. */
  private static float weightAt(int[] table, int line, FtrlStep step) {
    if (line < 0) {
      return 0;
    }
    return step.weight(
        Float.intBitsToFloat(table[line + CoordinateTable.U]),
        Float.intBitsToFloat(table[line + CoordinateTable.N]));
  }
}
