package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;

/**
 * Linear support vector machine trained by Pegasos, primal estimated sub-gradient descent on the
 * hinge loss, with online standardisation of numeric coordinates. It decides, and knows no
 * probabilities.
 *
 * <pre>
 * min  λ/2 ‖w‖² + mean weight max(0, 1 − y w·x)                   y = ±1, step t = 1, 2, ...
 * w'   = (1 − 1/t) w + weight y x / (λ t)   if y w·x &lt; 1,         else (1 − 1/t) w
 * z    = λ t w   so that   z' = z + weight y x   or   z' = z     and nothing need be shrunk
 * </pre>
 *
 * Of several classes, each has weights w_k; the margin is w_y·x − w_r·x of the right class y and
 * its strongest rival r, and a step adds to w_y what it takes from w_r. The class of the greatest
 * w_k·x is predicted. New classes join with weights of 0 when they are first learned. A binary
 * target is two classes with w_1 = −w_0 = w/2, exactly the formula above.
 *
 * <p>Memory: O(coordinates touched · classes), as of {@link SoftmaxRegression}. Time: O(entries of
 * the example · classes), 17 times that in the first 256 examples.
 *
 * <p>Hyperparameters: λ &gt; 0, of loss per squared weight, weighs few large weights against few
 * examples within the margin.
 *
 * <p>Shalev-Shwartz, Singer, Srebro and Cotter 2011, "Pegasos: Primal Estimated sub-GrAdient SOlver
 * for SVM", Mathematical Programming 127, Figure 1. Deviations: examples are taken as they come
 * instead of at random, the optional projection onto the ball of radius 1/√λ is left out, the
 * intercept is the weight of a constant input of 1 and regularised with the others, inputs are
 * bounded to ±2^60, and a young model {@link Rehearsal rehearses}. Several classes: the loss of
 * Crammer and Singer 2001, "On the Algorithmic Implementation of Multiclass Kernel-based Vector
 * Machines", in place of one machine against the rest for each class, which was less accurate on
 * iris.
 */
public final class SupportVectorMachine implements Learner {
  private final MulticlassState state;
  private final Rehearsal rehearsal;
  private final double lambda;
  private final boolean binary;
  private long examples;
  private long steps;

  /**
   * What can be set.
   *
   * @param lambda the regularisation
   */
  public record Hyper(double lambda) {
    /** What is used unless it is set. */
    public static final Hyper DEFAULT = new Hyper(0.01);

    static final double MOST = 1_000_000;

    /** Checks the range. */
    public Hyper {
      if (!(lambda > 0 && lambda <= MOST)) {
        throw new IllegalArgumentException("lambda must be > 0 and <= 1000000, got " + lambda);
      }
    }
  }

  /** An untrained model. */
  public SupportVectorMachine(LearnerSettings settings) {
    this(emptyState(settings), new Rehearsal(), settings, 0, 0);
    state.knowAll(SupportVectorMachineFormat.declared(settings));
  }

  SupportVectorMachine(
      MulticlassState state,
      Rehearsal rehearsal,
      LearnerSettings settings,
      long examples,
      long steps) {
    this.state = state;
    this.rehearsal = rehearsal;
    this.examples = examples;
    this.steps = steps;
    binary = settings.target().type() == TargetType.BINARY;
    double set = new Hyper(settings.number("lambda", Hyper.DEFAULT.lambda)).lambda;
    // λ/2 ‖w‖² of a binary target's w = w_1 − w_0 is 2λ/2 (‖w_0‖² + ‖w_1‖²).
    lambda = binary ? 2 * set : set;
  }

  /** A state without classes; its weights are plain numbers. */
  static MulticlassState emptyState(LearnerSettings settings) {
    return new MulticlassState(settings.hashBits(), SoftmaxRegression.DEFAULT);
  }

  @Override
  public void predict(Example example, Prediction into) {
    if (state.classes().isEmpty()) {
      into.multiclass("");
      return;
    }
    state.predict(example.features());
    double[] z = state.margins;
    if (binary) {
      into.decision(z[1] >= z[0]);
    } else {
      into.multiclass(state.classes().get(strongest(z, -1)));
    }
  }

  @Override
  public void learn(Example example) {
    FeatureVector features = example.features();
    for (int i = 0; i < features.numericCount(); i++) {
      state.scaling.add(features.coordinates()[i], features.values()[i]);
    }
    int label = binary ? (example.target() == 1 ? 1 : 0) : state.number(example.label());
    float weight = (float) Math.min(Float.MAX_VALUE, example.weight());
    step(features, label, weight);
    examples++;
    rehearsal.follow(examples, features, label, weight, this::step);
  }

  private void step(FeatureVector features, int label, float weight) {
    state.gather(features);
    double[] z = state.margins;
    int rival = strongest(z, label);
    // Before the first step z is 0, and 0 < λ 0 would not take it.
    if (rival >= 0 && z[label] - z[rival] < lambda * Math.max(1, steps)) {
      float[] pairs = state.weights.pairs();
      for (int i = 0; i <= features.size(); i++) {
        // Bounded, so that z stays finite: beyond 2^84 a float is not changed by adding 2^60.
        float change = FtrlStep.bounded(weight * state.inputs[i]);
        pairs[state.rows[i] + 2 * label] += change;
        pairs[state.rows[i] + 2 * rival] -= change;
      }
    }
    steps++;
  }

  /** The class of the greatest z but one, the first of equal ones; -1 when there is no other. */
  private static int strongest(double[] z, int but) {
    int best = -1;
    for (int k = 0; k < z.length; k++) {
      if (k != but && (best < 0 || z[k] > z[best])) {
        best = k;
      }
    }
    return best;
  }

  @Override
  public long examples() {
    return examples;
  }

  long steps() {
    return steps;
  }

  MulticlassState state() {
    return state;
  }

  Rehearsal rehearsal() {
    return rehearsal;
  }
}
