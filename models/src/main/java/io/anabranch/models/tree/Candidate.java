package io.anabranch.models.tree;

/** A split that could be made. */
final class Candidate {
  /** What would be asked. */
  final SplitTest test;

  /** The number's key or the group that it asks for; the least of equally good ones wins. */
  final int key;

  /** The information it gains, in bits. */
  final double merit;

  /** The weight of each class that would go each way. */
  final double[][] branches;

  Candidate(SplitTest test, int key, double merit, double[][] branches) {
    this.test = test;
    this.key = key;
    this.merit = merit;
    this.branches = branches;
  }

  boolean isBetterThan(Candidate other) {
    return merit > other.merit || (merit == other.merit && key < other.key);
  }
}
