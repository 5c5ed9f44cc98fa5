package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import java.util.List;

/**
 * Linear regression by implicit per-coordinate FTRL-Proximal steps between a target and numeric
 * inputs that are both standardised online, so that no unit of measurement matters.
 *
 * <pre>
 * ŷ = μ + σ (w·x)      e = w·x − (y − μ)/σ      g_i = weight ℓ'(e) x_i      n_i' = n_i + g_i²
 * h = weight Σ α x_i² / (β + √n_i')      s = share of the implicit step at reach h, in [0, 1]
 * u_i' = u_i + ((√n_i' − √n_i)(w_i − u_i) − s α g_i) / (β + √n_i')
 * w_i  = sgn(u_i) max(0, |u_i| − λ1 α/(β+√n_i)) (β+√n_i)/(β+√n_i+α λ2)
 * </pre>
 *
 * where μ and σ are the running mean and deviation of the target, the example's own included once
 * it is learned; with squared loss s = 1/(1 + h). Nothing is learned until targets differ.
 *
 * <p>Memory: O(coordinates touched), 16 bytes for each slot of a table at most 3/4 full, and 24
 * bytes for the moments of each numeric coordinate. Time: O(entries of the example).
 *
 * <p>Hyperparameters: see {@link Hyper}.
 *
 * <p>McMahan et al. 2013, "Ad Click Prediction: a View from the Trenches", Algorithm 1, for the
 * step; Kulis and Bartlett 2010, "Implicit Online Learning", for its share; Ross, Mineiro and
 * Langford 2013, "Normalized Online Learning", for why inputs and target are brought to scale.
 * Deviations: weights are kept as {@link LogisticRegression} keeps them; scale comes from running
 * moments instead of the greatest value seen, which an outlier would fix for ever; hashed inputs
 * come as they are; the share is that of α instead of 1/√t; {@link RegressionLoss} bounds the slope
 * of the squared loss and {@link TargetScale} the targets and predictions. The moments count each
 * example once, whatever its weight.
 */
public final class LinearRegression implements Learner {
  private final LinearState state;
  private final RegressionLoss loss;
  private final TargetScale scale;
  private long examples;

  /**
   * What an error costs, how fast it learns and how much it shrinks.
   *
   * @param loss squared, absolute or huber
   * @param delta from which error on huber grows linearly, in deviations of the target, in (0, 10]
   * @param steps α, β, λ1 and λ2 of the step; all inputs have one α
   */
  public record Hyper(String loss, double delta, LogisticRegression.Hyper steps) {
    static final List<String> LOSSES = List.of("squared", "absolute", "huber");
    static final Hyper DEFAULT =
        new Hyper(
            LOSSES.get(0),
            RegressionLoss.Huber.DEFAULT_DELTA,
            new LogisticRegression.Hyper(0.5, 0.5, 1, 0, 0));

    /** Checks loss and delta; the steps are checked already. */
    public Hyper {
      RegressionLoss.of(loss, delta);
    }

    /** What was set, and the defaults for the rest. */
    public static Hyper of(LearnerSettings settings) {
      return new Hyper(
          settings.text("loss", DEFAULT.loss),
          settings.number("delta", DEFAULT.delta),
          LogisticRegression.Hyper.of(settings, DEFAULT.steps));
    }
  }

  /** An untrained model over coordinates of {@code hashBits}. */
  public LinearRegression(int hashBits, Hyper hyper) {
    this(new LinearState(hashBits, hyper.steps()), hyper, 0);
  }

  LinearRegression(LinearState state, Hyper hyper, long examples) {
    this.state = state;
    this.loss = RegressionLoss.of(hyper.loss(), hyper.delta());
    this.scale = new TargetScale(state.scaling.mergeable(), FeatureVector.bias(state.hashBits));
    this.examples = examples;
  }

  @Override
  public void predict(Example example, Prediction into) {
    into.numeric(scale.restore(state.margin(example.features())));
  }

  @Override
  public void learn(Example example) {
    FeatureVector features = example.features();
    int numeric = features.numericCount();
    for (int i = 0; i < numeric; i++) {
      state.scaling.add(features.coordinates()[i], features.values()[i]);
    }
    double target = scale.bounded(example.target());
    scale.add(target);
    examples++;
    if (scale.deviation() > 0) {
      double error = state.gather(features) - scale.standardise(target);
      step(features, error, Math.min(Float.MAX_VALUE, example.weight()));
    }
  }

  private void step(FeatureVector features, double error, double weight) {
    int numeric = features.numericCount();
    int size = features.size();
    float slope = FtrlStep.bounded((float) (weight * loss.slope(error)));
    float share = (float) loss.share(error, weight * state.reach(features, slope));
    update(0, numeric, state.dense, slope, share);
    update(numeric, size, state.sparse, slope, share);
    update(size, size + 1, state.dense, slope, share);
  }

  private void update(int from, int to, FtrlStep step, float slope, float share) {
    int[] table = state.weights.lines();
    for (int i = from; i < to; i++) {
      int line = state.lines[i];
      float u = Float.intBitsToFloat(table[line + CoordinateTable.U]);
      float n = Float.intBitsToFloat(table[line + CoordinateTable.N]);
      float gradient = FtrlStep.bounded(slope * state.inputs[i]);
      float after = FtrlStep.sum(n, gradient * gradient);
      table[line + CoordinateTable.U] =
          Float.floatToRawIntBits(u + step.change(u, n, after, share * gradient));
      table[line + CoordinateTable.N] = Float.floatToRawIntBits(after);
    }
  }

  @Override
  public long examples() {
    return examples;
  }

  LinearState state() {
    return state;
  }
}
