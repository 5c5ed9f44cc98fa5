package io.anabranch.models.data;

import java.util.Arrays;

/**
 * What a learner says of one example. A reused buffer: {@code predict} overwrites all of it.
 *
 * <p>Binary: {@link #probability()} is P(positive), or NaN from a learner that only names a class;
 * {@link #positive()} is the decision. Multiclass: {@link #label()} is the predicted class ("" when
 * no class was ever seen), with class probabilities when the learner has them. Numeric: {@link
 * #value()}.
 */
public final class Prediction {
  private TargetType type = TargetType.NONE;
  private double probability = Double.NaN;
  private boolean positive;
  private double value = Double.NaN;
  private String label = "";
  private String[] classes = new String[8];
  private double[] probabilities = new double[8];
  private int classCount;

  /** A probability of the positive class; the decision is positive from 0.5 on. */
  public void binary(double probability) {
    reset(TargetType.BINARY);
    this.probability = probability;
    this.positive = probability >= 0.5;
  }

  /** A decision without a probability. */
  public void decision(boolean positive) {
    reset(TargetType.BINARY);
    this.positive = positive;
  }

  /** A class; probabilities may be added. */
  public void multiclass(String label) {
    reset(TargetType.MULTICLASS);
    this.label = label;
  }

  /** Adds the probability of one class. */
  public void addClass(String name, double probability) {
    if (classCount == classes.length) {
      classes = Arrays.copyOf(classes, 2 * classCount);
      probabilities = Arrays.copyOf(probabilities, 2 * classCount);
    }
    classes[classCount] = name;
    probabilities[classCount] = probability;
    classCount++;
  }

  /** A number. */
  public void numeric(double value) {
    reset(TargetType.NUMERIC);
    this.value = value;
  }

  /** Says nothing, as of an untargeted record. */
  public void clear() {
    reset(TargetType.NONE);
  }

  /** Makes this prediction equal to another. */
  public void copyFrom(Prediction other) {
    reset(other.type);
    probability = other.probability;
    positive = other.positive;
    value = other.value;
    label = other.label;
    for (int i = 0; i < other.classCount; i++) {
      addClass(other.classes[i], other.probabilities[i]);
    }
  }

  private void reset(TargetType type) {
    this.type = type;
    probability = Double.NaN;
    positive = false;
    value = Double.NaN;
    label = "";
    classCount = 0;
  }

  /** Which of the fields hold. */
  public TargetType type() {
    return type;
  }

  /** P(positive) of a binary prediction; NaN when the learner gives none. */
  public double probability() {
    return probability;
  }

  /** The decision of a binary prediction. */
  public boolean positive() {
    return positive;
  }

  /** The number of a numeric prediction. */
  public double value() {
    return value;
  }

  /** The class of a multiclass prediction. */
  public String label() {
    return label;
  }

  /** How many class probabilities there are. */
  public int classCount() {
    return classCount;
  }

  /** The name of class {@code i}. */
  public String className(int i) {
    return classes[i];
  }

  /** The probability of class {@code i}. */
  public double classProbability(int i) {
    return probabilities[i];
  }
}
