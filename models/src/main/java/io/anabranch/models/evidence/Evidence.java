package io.anabranch.models.evidence;

import java.util.Arrays;

/**
 * The scores of all classes for one example, gathered feature by feature, and the probabilities
 * that follow from them: a reused buffer.
 *
 * <pre>
 * p_c ∝ n_c Π likelihood_c(x_i)          over the classes with n_c > 0
 * p_c = 1 / (N + C)                      for each of the C classes without an example yet
 * </pre>
 *
 * and no probability is below 1e-6 / C, so that no single surprise costs more than a log loss of
 * about 14. Likelihoods are multiplied as long as they stay within the range of a double: one
 * logarithm per class instead of one per feature.
 */
public final class Evidence {
  private static final double LEAST_PROBABILITY = 1e-6;
  private static final double SMALL = 1e-100;
  private static final double LARGE = 1e100;

  private final double smoothing;
  private int classes;
  private double[] logs = new double[2];
  private double[] squares = new double[2];
  private double[] probabilities = new double[2];

  /**
   * No evidence yet.
   *
   * @param smoothing α, how many examples without any difference stand beside those of a class
   */
  public Evidence(double smoothing) {
    this.smoothing = smoothing;
  }

  /** Begins an example. */
  public void begin(int classes) {
    if (logs.length < classes) {
      logs = new double[2 * classes];
      squares = new double[2 * classes];
      probabilities = new double[2 * classes];
    }
    this.classes = classes;
    Arrays.fill(logs, 0, classes, 0);
    Arrays.fill(squares, 0, classes, 1);
  }

  /** How many classes there are. */
  int classes() {
    return classes;
  }

  /** Adds a number, given its mean and variance over all classes and the moments of this class. */
  void gaussian(
      int c, double value, double mean, double variance, double n, double classMean, double m2) {
    double precision = (n + smoothing) / (m2 + smoothing * variance);
    double distance = value - (n == 0 ? mean : classMean);
    logs[c] -= distance * distance * precision / 2;
    // Relative to the variance of all: the same for all classes, but of moderate size.
    multiply(c, precision * variance);
  }

  /** Adds a category that is there so many times, given its count and its group's in this class. */
  void category(int c, double times, double count, double total, double members) {
    double ratio = members * (count + smoothing) / (total + smoothing * members);
    if (times == 1) {
      multiply(c, ratio * ratio);
    } else {
      logs[c] += times * StrictMath.log(ratio);
    }
  }

  private void multiply(int c, double square) {
    double product = squares[c] * square;
    if (product < SMALL || product > LARGE) {
      logs[c] += StrictMath.log(product) / 2;
      product = 1;
    }
    squares[c] = product;
  }

  /** The number of the class with the greatest score, the least of equals; -1 without weights. */
  public int best(double[] classWeights) {
    score(classWeights);
    int best = -1;
    for (int c = 0; c < classes; c++) {
      if (weight(classWeights, c) > 0 && (best < 0 || logs[c] > logs[best])) {
        best = c;
      }
    }
    return best;
  }

  /** The probability of each class, live, given how many examples of each there were. */
  public double[] probabilities(double[] classWeights) {
    score(classWeights);
    return spread(classWeights, true);
  }

  /** The frequency of each class as a probability, live; whatever was added is left aside. */
  public double[] frequencies(double[] classWeights, int classes) {
    begin(classes);
    return spread(classWeights, false);
  }

  private void score(double[] classWeights) {
    for (int c = 0; c < classes; c++) {
      if (weight(classWeights, c) > 0) {
        logs[c] += StrictMath.log(squares[c]) / 2 + StrictMath.log(weight(classWeights, c));
      }
    }
  }

  private double[] spread(double[] classWeights, boolean scored) {
    double most = Double.NEGATIVE_INFINITY;
    double weight = 0;
    int unseen = 0;
    for (int c = 0; c < classes; c++) {
      unseen += weight(classWeights, c) > 0 ? 0 : 1;
      weight += weight(classWeights, c);
      most = weight(classWeights, c) > 0 ? Math.max(most, logs[c]) : most;
    }
    double total = 0;
    for (int c = 0; c < classes; c++) {
      double share = scored ? StrictMath.exp(logs[c] - most) : weight(classWeights, c);
      probabilities[c] = weight(classWeights, c) > 0 ? share : 0;
      total += probabilities[c];
    }
    double each = 1 / (weight + classes);
    double seen = 1 - unseen * each;
    for (int c = 0; c < classes; c++) {
      double p = weight(classWeights, c) > 0 ? seen * probabilities[c] / total : each;
      probabilities[c] = LEAST_PROBABILITY / classes + (1 - LEAST_PROBABILITY) * p;
    }
    return probabilities;
  }

  private static double weight(double[] classWeights, int c) {
    return c < classWeights.length ? classWeights[c] : 0;
  }
}
