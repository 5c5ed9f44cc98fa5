package io.anabranch.models.tree;

/** How much a split tells of the class, in bits. */
final class InformationGain {
  /** A branch that gets less than this share of the weight does not count as one. */
  private static final double LEAST_SHARE = 0.01;

  private static final double LOG_2 = StrictMath.log(2);

  private InformationGain() {}

  /**
   * Entropy before less entropy after the split, or negative infinity when fewer than two branches
   * get a share.
   */
  static double of(double[][] branches) {
    int classes = branches[0].length;
    double[] all = new double[classes];
    double total = 0;
    for (double[] branch : branches) {
      for (int c = 0; c < classes; c++) {
        all[c] += branch[c];
        total += branch[c];
      }
    }
    int shares = 0;
    double after = 0;
    for (double[] branch : branches) {
      double weight = sum(branch);
      shares += weight > LEAST_SHARE * total ? 1 : 0;
      after += weight > 0 ? weight / total * entropy(branch, weight) : 0;
    }
    return shares < 2 ? Double.NEGATIVE_INFINITY : entropy(all, total) - after;
  }

  private static double entropy(double[] weights, double total) {
    double entropy = 0;
    for (double weight : weights) {
      if (weight > 0) {
        entropy -= weight / total * StrictMath.log(weight / total);
      }
    }
    return entropy / LOG_2;
  }

  static double sum(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }
}
