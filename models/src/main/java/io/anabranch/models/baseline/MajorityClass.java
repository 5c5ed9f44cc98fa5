package io.anabranch.models.baseline;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.AdditiveLearner;
import io.anabranch.models.learner.Learner;
import java.util.Arrays;

/**
 * Predicts the class seen most, with the frequencies of the classes.
 *
 * <pre>
 * binary       P(positive) = (positives + 1) / (examples + 2)        Laplace's rule of succession
 * multiclass   P(c) = n_c / Σ n                                      among equals the least text
 * </pre>
 *
 * where examples count by their weight. Memory: O(classes). No hyperparameters. MOA's {@code
 * MajorityClass} and scikit-learn's {@code DummyClassifier(strategy="prior")} do the same without
 * the smoothing.
 */
public final class MajorityClass implements AdditiveLearner {
  private final TargetType target;
  private String[] classes;
  private double[] weights;
  private int count;
  private long examples;

  /** An untrained model of a binary or multiclass target. */
  public MajorityClass(TargetType target) {
    this(target, new String[0], new double[0], 0);
  }

  /** A stored model: classes ascending; of a binary target just negative "0", positive "1". */
  MajorityClass(TargetType target, String[] classes, double[] weights, long examples) {
    if (target != TargetType.BINARY && target != TargetType.MULTICLASS) {
      throw new IllegalArgumentException("target must be BINARY or MULTICLASS, got " + target);
    }
    this.target = target;
    this.classes = classes;
    this.weights = weights;
    this.examples = examples;
    count = classes.length;
  }

  @Override
  public void predict(Example example, Prediction into) {
    if (target == TargetType.BINARY) {
      double positives = weightOf("1");
      into.binary((positives + 1) / (positives + weightOf("0") + 2));
      return;
    }
    int most = 0;
    double total = 0;
    for (int i = 0; i < count; i++) {
      most = weights[i] > weights[most] ? i : most;
      total += weights[i];
    }
    into.multiclass(count == 0 ? "" : classes[most]);
    for (int i = 0; i < count && total > 0; i++) {
      into.addClass(classes[i], weights[i] / total);
    }
  }

  @Override
  public void learn(Example example) {
    String name =
        target == TargetType.MULTICLASS ? example.label() : example.target() == 1 ? "1" : "0";
    count(name, example.weight());
    examples++;
  }

  private void count(String name, double weight) {
    int at = Arrays.binarySearch(classes, 0, count, name);
    if (at < 0) {
      at = -at - 1;
      insert(at, name);
    }
    weights[at] += weight;
  }

  @Override
  public void add(Learner other) {
    MajorityClass model = (MajorityClass) other;
    for (int i = 0; i < model.count; i++) {
      count(model.classes[i], model.weights[i]);
    }
    examples += model.examples;
  }

  @Override
  public long examples() {
    return examples;
  }

  TargetType target() {
    return target;
  }

  int count() {
    return count;
  }

  String className(int i) {
    return classes[i];
  }

  double weight(int i) {
    return weights[i];
  }

  private double weightOf(String name) {
    int at = Arrays.binarySearch(classes, 0, count, name);
    return at < 0 ? 0 : weights[at];
  }

  private void insert(int at, String name) {
    if (count == classes.length) {
      int room = Math.max(2, 2 * count);
      classes = Arrays.copyOf(classes, room);
      weights = Arrays.copyOf(weights, room);
    }
    System.arraycopy(classes, at, classes, at + 1, count - at);
    System.arraycopy(weights, at, weights, at + 1, count - at);
    classes[at] = name;
    weights[at] = 0;
    count++;
  }
}
