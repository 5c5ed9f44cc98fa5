package io.anabranch.models.tree;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.evidence.Evidence;
import io.anabranch.models.evidence.Observations;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A leaf: how many examples of each class came here (what its parent expected to come, and what
 * came), and while it is active, what was observed of their features. It predicts by naive Bayes or
 * by the frequencies of the classes, whichever was right more often here: the adaptive leaves of
 * Holmes, Kirkby and Pfahringer 2005.
 */
final class Leaf implements Node {
  private static final long BASE = 80;
  // The tables of a leaf, empty.
  private static final long TABLES = 600;

  double[] weights;
  @Nullable Observations observations;
  double majorityRight;
  double bayesRight;
  double weightAtLastTry;

  /** A leaf that expects the given weights of classes and observes. */
  Leaf(double[] weights) {
    this.weights = weights;
    observations = new Observations(0, true);
    weightAtLastTry = weight();
  }

  /** The probability of each of the classes, live until the next call. */
  double[] probabilities(FeatureVector features, int classes, Evidence evidence) {
    if (observations == null || majorityRight > bayesRight) {
      return evidence.frequencies(weights, classes);
    }
    observations.weigh(features, classes, evidence);
    return evidence.probabilities(weights);
  }

  /** Learns an example, by features only as far as they are known or may join. */
  void learn(
      FeatureVector features, int c, double weight, int classes, boolean admit, Evidence evidence) {
    Observations observed = observations;
    if (observed != null) {
      observed.weigh(features, classes, evidence);
      bayesRight += evidence.best(weights) == c ? weight : 0;
      majorityRight += majority() == c ? weight : 0;
      observed.observe(features, c, weight, admit);
    }
    if (c >= weights.length) {
      weights = Arrays.copyOf(weights, c + 1);
    }
    weights[c] += weight;
  }

  /** All weight that came or was expected. */
  double weight() {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /** The weight of all but the most frequent class: what a split could still win. */
  double promise() {
    int majority = majority();
    return majority < 0 ? 0 : weight() - weights[majority];
  }

  private int majority() {
    int majority = -1;
    for (int c = 0; c < weights.length; c++) {
      majority = weights[c] > (majority < 0 ? 0 : weights[majority]) ? c : majority;
    }
    return majority;
  }

  /** Begins to observe again, from nothing. */
  void activate() {
    observations = new Observations(0, true);
    majorityRight = 0;
    bayesRight = 0;
    weightAtLastTry = weight();
  }

  /** Forgets all but the weights of the classes. */
  void deactivate() {
    observations = null;
  }

  private static long bytesWithout(int classes) {
    return BASE + (long) classes * Double.BYTES;
  }

  /** What a leaf takes that has observed nothing yet. */
  static long bytesFresh(int classes) {
    return bytesWithout(classes) + TABLES;
  }

  /** What observing takes. */
  long observationBytes() {
    return observations == null ? 0 : TABLES + observations.bytes();
  }

  @Override
  public long bytes() {
    return bytesWithout(weights.length) + observationBytes();
  }
}
