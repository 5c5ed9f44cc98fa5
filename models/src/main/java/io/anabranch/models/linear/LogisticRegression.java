package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.math.Numerics;
import java.util.stream.IntStream;

/**
 * Logistic regression trained by per-coordinate FTRL-Proximal, with an intercept and online
 * standardisation of numeric coordinates.
 *
 * <pre>
 * p = σ(w·x)      g_i = weight (p − y) x_i      n_i' = n_i + g_i²
 * u_i' = u_i + ((√n_i' − √n_i)(w_i − u_i) − α g_i) / (β + √n_i')
 * w_i  = sgn(u_i) max(0, |u_i| − λ1 α/(β+√n_i)) (β+√n_i)/(β+√n_i+α λ2)
 * </pre>
 *
 * <p>Memory: O(coordinates touched), 16 bytes for each slot of a table at most 3/4 full, and 24
 * bytes for the moments of each numeric coordinate. Time: O(entries of the example).
 *
 * <p>Hyperparameters: see {@link Hyper}.
 *
 * <p>McMahan et al. 2013, "Ad Click Prediction: a View from the Trenches", Algorithm 1. Deviations:
 * z is kept as u = −zα/(β+√n), which is what the weight would be without regularisation, because
 * changes of u can be merged from several trainers; α is by kind of coordinate; the intercept is
 * regularised like any weight. A numeric value is standardised by the moments that include itself,
 * in {@code predict} (which computes them aside) as in {@code learn}, so that both see the same
 * input, which is bounded to 3 deviations; the moments count each example once, whatever its
 * weight. u and n are floats: once n exceeds 2^24 times a squared gradient (more than ten million
 * examples of like gradient), n stops growing and the step size with it; u loses steps below 2^-24
 * of itself likewise. Gradients are bounded to ±2^60 and n to the largest float, so that nothing
 * becomes infinite.
 */
public final class LogisticRegression implements Learner {
  private final LinearState state;
  private long examples;

  /**
   * How fast it learns and how much it shrinks.
   *
   * @param denseAlpha step size α of numeric coordinates and the intercept, in (0, 1e6]
   * @param sparseAlpha step size α of hashed coordinates, in (0, 1e6]
   * @param beta β, what damps the first steps, in (0, 1e6]
   * @param l1 λ1, in [0, 1e6]; drives weights to exactly 0
   * @param l2 λ2, in [0, 1e6]; shrinks weights
   * @param intercept whether there is a weight that every example has
   */
  public record Hyper(
      double denseAlpha, double sparseAlpha, double beta, double l1, double l2, boolean intercept) {
    static final double MOST = 1e6;
    static final Hyper DEFAULT = new Hyper(1.6, 0.1, 1, 0, 0);

    /** Checks the ranges. */
    public Hyper {
      requirePositive("alpha", denseAlpha);
      requirePositive("alpha", sparseAlpha);
      requirePositive("beta", beta);
      requireRange("l1", l1);
      requireRange("l2", l2);
    }

    /** With an intercept. */
    public Hyper(double denseAlpha, double sparseAlpha, double beta, double l1, double l2) {
      this(denseAlpha, sparseAlpha, beta, l1, l2, true);
    }

    /** What was set, and the defaults for the rest. */
    public static Hyper of(LearnerSettings settings) {
      return of(settings, DEFAULT);
    }

    /** What was set, and these defaults for the rest. */
    static Hyper of(LearnerSettings settings, Hyper defaults) {
      return new Hyper(
          settings.number("alpha", defaults.denseAlpha),
          settings.number("alpha", defaults.sparseAlpha),
          settings.number("beta", defaults.beta),
          settings.number("l1", defaults.l1),
          settings.number("l2", defaults.l2),
          settings.flag("intercept", defaults.intercept));
    }

    private static void requirePositive(String name, double value) {
      if (!(value > 0 && value <= MOST)) {
        throw new IllegalArgumentException(name + " must be > 0 and <= 1000000, got " + value);
      }
    }

    private static void requireRange(String name, double value) {
      if (!(value >= 0 && value <= MOST)) {
        throw new IllegalArgumentException(name + " must be between 0 and 1000000, got " + value);
      }
    }
  }

  /** An untrained model over coordinates of {@code hashBits}. */
  public LogisticRegression(int hashBits, Hyper hyper) {
    this(new LinearState(hashBits, hyper), 0);
  }

  /**
   * A model that predicts with known weights, for which no steps are on record: the next examples
   * move it as far as they would move an untrained one.
   *
   * @param weights by coordinate, from 0 on; none for the intercept
   */
  public static LogisticRegression ofWeights(int hashBits, Hyper hyper, double[] weights) {
    LinearState state = new LinearState(hashBits, hyper);
    int[] coordinates = IntStream.range(0, weights.length).toArray();
    float[] u = new float[weights.length];
    for (int i = 0; i < u.length; i++) {
      u[i] = state.sparse.unshrunk((float) weights[i], 0);
    }
    state.restore(coordinates, u, new float[weights.length]);
    return new LogisticRegression(state, 0);
  }

  LogisticRegression(LinearState state, long examples) {
    this.state = state;
    this.examples = examples;
  }

  @Override
  public void predict(Example example, Prediction into) {
    into.binary(Numerics.sigmoid(state.margin(example.features())));
  }

  @Override
  public void learn(Example example) {
    FeatureVector features = example.features();
    int numeric = features.numericCount();
    for (int i = 0; i < numeric; i++) {
      state.scaling.add(features.coordinates()[i], features.values()[i]);
    }
    double margin = state.gather(features);
    float slope = (float) ((Numerics.sigmoid(margin) - example.target()) * example.weight());
    int size = features.size();
    update(0, numeric, state.dense, slope);
    update(numeric, size, state.sparse, slope);
    update(size, size + 1, state.dense, slope);
    examples++;
  }

  private void update(int from, int to, FtrlStep step, float slope) {
    int[] table = state.weights.lines();
    int[] lines = state.lines;
    float[] inputs = state.inputs;
    for (int i = from; i < to; i++) {
      int line = lines[i];
      float gradient = FtrlStep.bounded(slope * inputs[i]);
      float u = Float.intBitsToFloat(table[line + CoordinateTable.U]);
      float n = Float.intBitsToFloat(table[line + CoordinateTable.N]);
      float after = FtrlStep.sum(n, gradient * gradient);
      table[line + CoordinateTable.U] =
          Float.floatToRawIntBits(u + step.change(u, n, after, gradient));
      table[line + CoordinateTable.N] = Float.floatToRawIntBits(after);
    }
  }

  /** The weight of a sparse coordinate, 0 when it was never seen. */
  public float weight(int coordinate) {
    return state.sparseWeight(coordinate);
  }

  @Override
  public long examples() {
    return examples;
  }

  LinearState state() {
    return state;
  }
}
