package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import io.anabranch.models.math.Numerics;
import org.jspecify.annotations.Nullable;

/**
 * Softmax regression (multinomial logistic regression) trained by per-coordinate FTRL-Proximal,
 * with intercepts and online standardisation of numeric coordinates.
 *
 * <pre>
 * p_k = e^(w_k·x) / Σ_j e^(w_j·x)      g_ki = weight (p_k − [y = k]) x_i      n_ki' = n_ki + g_ki²
 * u_ki' = u_ki + ((√n_ki' − √n_ki)(w_ki − u_ki) − α g_ki) / (β + √n_ki')
 * w_ki  = sgn(u_ki) max(0, |u_ki| − λ1 α/(β+√n_ki)) (β+√n_ki)/(β+√n_ki+α λ2)
 * </pre>
 *
 * New classes join with weights of 0 when they are first learned; until then they are not
 * predicted. Before any class is known there is no prediction.
 *
 * <p>Memory: O(coordinates touched · classes), 4 + 8 · classes bytes for each slot of a table at
 * most 3/4 full, and 24 bytes for the moments of each numeric coordinate; while the model is young,
 * about 1 KiB more. Time: O(entries of the example · classes), 17 times that in the first 256
 * examples.
 *
 * <p>Hyperparameters: α, β, λ1 and λ2 as of {@link LogisticRegression}, with one α for all inputs.
 *
 * <p>McMahan et al. 2013, "Ad Click Prediction: a View from the Trenches", Algorithm 1, applied to
 * each class's margin. Deviations: those of {@link LogisticRegression}; and a young model {@link
 * Rehearsal rehearses}: each of the first 256 examples is followed by 16 of the latest ones again
 * (Lin 1992, "Self-Improving Reactive Agents Based On Reinforcement Learning, Planning and
 * Teaching", calls it experience replay), for steps along the gradient alone take some hundred
 * examples to tell inputs apart that go together.
 */
public final class SoftmaxRegression implements Learner {
  static final Hyper DEFAULT = new Hyper(0.5, 0.5, 1, 0, 0);

  private final MulticlassState state;
  private final Rehearsal rehearsal;
  // A replica of a shared model remembers its steps; all others have none.
  private final @Nullable PendingClassSteps pending;
  private long examples;

  /** An untrained model. */
  public SoftmaxRegression(LearnerSettings settings) {
    this(MulticlassState.of(settings, hyper(settings)), new Rehearsal(), 0);
  }

  SoftmaxRegression(MulticlassState state, Rehearsal rehearsal, long examples) {
    this(state, rehearsal, examples, null);
  }

  /** One that notes each step it takes. */
  SoftmaxRegression(LearnerSettings settings, PendingClassSteps pending) {
    this(MulticlassState.of(settings, hyper(settings)), new Rehearsal(), 0, pending);
  }

  private SoftmaxRegression(
      MulticlassState state,
      Rehearsal rehearsal,
      long examples,
      @Nullable PendingClassSteps pending) {
    this.state = state;
    this.rehearsal = rehearsal;
    this.examples = examples;
    this.pending = pending;
  }

  static Hyper hyper(LearnerSettings settings) {
    return Hyper.of(settings, DEFAULT);
  }

  @Override
  public void predict(Example example, Prediction into) {
    if (state.classes().isEmpty()) {
      into.multiclass("");
      return;
    }
    state.predict(example.features());
    double[] p = state.margins;
    Numerics.softmax(p);
    int best = 0;
    for (int k = 1; k < p.length; k++) {
      best = p[k] > p[best] ? k : best;
    }
    into.multiclass(state.classes().get(best));
    for (int k = 0; k < p.length; k++) {
      into.addClass(state.classes().get(k), p[k]);
    }
  }

  @Override
  public void learn(Example example) {
    FeatureVector features = example.features();
    for (int i = 0; i < features.numericCount(); i++) {
      state.scaling.add(features.coordinates()[i], features.values()[i]);
    }
    int label = state.number(example.label());
    float weight = (float) Math.min(Float.MAX_VALUE, example.weight());
    step(features, label, weight);
    examples++;
    rehearsal.follow(examples, features, label, weight, this::step);
  }

  private void step(FeatureVector features, int label, float weight) {
    state.gather(features);
    double[] p = state.margins;
    Numerics.softmax(p);
    p[label] -= 1;
    int numeric = features.numericCount();
    int size = features.size();
    for (int i = 0; i <= size; i++) {
      FtrlStep step = i < numeric || i == size ? state.dense : state.sparse;
      // Bounded, since an infinite input times a slope of 0 would be no number.
      int at = pending == null ? 0 : pending.touch(state.coordinate(features, i));
      update(state.rows[i], FtrlStep.bounded(weight * state.inputs[i]), step, at);
    }
  }

  private void update(int row, float input, FtrlStep step, int pendingAt) {
    float[] pairs = state.weights.pairs();
    double[] slopes = state.margins;
    for (int k = 0; k < slopes.length; k++) {
      int at = row + 2 * k;
      float u = pairs[at];
      float n = pairs[at + 1];
      float gradient = FtrlStep.bounded((float) slopes[k] * input);
      float after = FtrlStep.sum(n, gradient * gradient);
      float change = step.change(u, n, after, gradient);
      pairs[at] = u + change;
      pairs[at + 1] = after;
      if (pending != null) {
        pending.add(pendingAt, k, change, n, after);
      }
    }
  }

  @Override
  public long examples() {
    return examples;
  }

  /** Sets how many examples the model was learned from. */
  void examples(long count) {
    examples = count;
  }

  MulticlassState state() {
    return state;
  }

  Rehearsal rehearsal() {
    return rehearsal;
  }
}
