package io.anabranch.models.linear;

import io.anabranch.models.linear.LogisticRegression.Hyper;

/** The arithmetic of one coordinate, for one alpha. All in floats, so that replicas agree. */
final class FtrlStep {
  private static final float MOST_GRADIENT = 0x1p60f;

  private final float alpha;
  private final float beta;
  private final float l1;
  private final float l2;
  private final boolean plain;

  FtrlStep(double alpha, Hyper hyper) {
    this.alpha = (float) alpha;
    beta = (float) hyper.beta();
    l1 = (float) hyper.l1();
    l2 = (float) hyper.l2();
    plain = l1 == 0 && l2 == 0;
  }

  /** The weight that is predicted with: L1 and L2 applied to u. */
  float weight(float u, float n) {
    return plain ? u : shrunk(u, n);
  }

  /** The u that {@link #weight} makes this weight of. */
  float unshrunk(float weight, float n) {
    if (plain || weight == 0) {
      return weight;
    }
    float rate = beta + (float) Math.sqrt(n);
    float kept = Math.abs(weight) * (rate + alpha * l2) / rate;
    return Math.copySign(kept + l1 * alpha / rate, weight);
  }

  /** A gradient within the range whose square is a finite float. */
  static float bounded(float gradient) {
    // Branches that are never taken in practice: Math.min and Math.max cost more here.
    if (gradient > MOST_GRADIENT) {
      return MOST_GRADIENT;
    }
    return gradient < -MOST_GRADIENT ? -MOST_GRADIENT : gradient;
  }

  /** The sum of squares after a gradient; it stays finite. */
  static float sum(float n, float square) {
    float after = n + square;
    return after <= Float.MAX_VALUE ? after : Float.MAX_VALUE;
  }

  /** How much of a gradient u moves by, n having become {@code after}: α/(β + √n). */
  float rate(float after) {
    return alpha / (beta + (float) Math.sqrt(after));
  }

  /** By how much a gradient moves u, n having become {@code after}. */
  float change(float u, float n, float after, float gradient) {
    float root = (float) Math.sqrt(after);
    if (plain) {
      return -alpha * gradient / (beta + root);
    }
    return ((root - (float) Math.sqrt(n)) * (shrunk(u, n) - u) - alpha * gradient) / (beta + root);
  }

  private float shrunk(float u, float n) {
    float rate = beta + (float) Math.sqrt(n);
    float kept = Math.abs(u) - l1 * alpha / rate;
    return kept <= 0 ? 0 : Math.copySign(kept, u) * rate / (rate + alpha * l2);
  }
}
