package io.anabranch.models.baseline;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.Learner;

/**
 * Predicts the last label again.
 *
 * <pre>
 * ŷ_t = y_(t−1)
 * </pre>
 *
 * Before the first label: the negative class, no class "", or 0. A binary decision comes without a
 * probability. Memory: O(1). No hyperparameters. The baseline of autocorrelated streams: Žliobaitė
 * et al. 2015, "Evaluation methods and decision theory for classification of streaming data with
 * temporal dependence".
 */
public final class NoChange implements Learner {
  private final TargetType target;
  private String label = "";
  private double value;
  private long examples;

  /** An untrained model of any target but none. */
  public NoChange(TargetType target) {
    if (target == TargetType.NONE) {
      throw new IllegalArgumentException("target must not be NONE, got NONE");
    }
    this.target = target;
  }

  NoChange(TargetType target, String label, double value, long examples) {
    this(target);
    this.label = label;
    this.value = value;
    this.examples = examples;
  }

  @Override
  public void predict(Example example, Prediction into) {
    switch (target) {
      case BINARY -> into.decision(value == 1);
      case MULTICLASS -> into.multiclass(label);
      case NUMERIC -> into.numeric(value);
      case NONE -> into.clear();
    }
  }

  @Override
  public void learn(Example example) {
    if (target == TargetType.MULTICLASS) {
      label = example.label();
    } else {
      value = example.target();
    }
    examples++;
  }

  @Override
  public long examples() {
    return examples;
  }

  TargetType target() {
    return target;
  }

  String label() {
    return label;
  }

  double value() {
    return value;
  }
}
