package io.anabranch.models.tree;

import io.anabranch.models.data.FeatureVector;

/** An inner node. */
final class Split implements Node {
  private static final long BASE = 120;
  private static final long PER_BRANCH = 20;

  final SplitTest test;
  final Node[] children;
  // How much went each way: what is missing goes where most goes.
  final double[] weights;

  Split(SplitTest test, Node[] children, double[] weights) {
    this.test = test;
    this.children = children;
    this.weights = weights;
  }

  /** The branch that an example takes. */
  int branch(FeatureVector features) {
    int branch = test.branch(features);
    if (branch >= 0) {
      return branch;
    }
    branch = 0;
    for (int i = 1; i < weights.length; i++) {
      branch = weights[i] > weights[branch] ? i : branch;
    }
    return branch;
  }

  static long bytes(int branches) {
    return BASE + PER_BRANCH * branches;
  }

  @Override
  public long bytes() {
    return bytes(children.length);
  }
}
