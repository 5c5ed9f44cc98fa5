package io.anabranch.bench;

/**
 * FTRL-Proximal as a tight loop: z and n interleaved in one float array, no intercept, no
 * regularisation, indicator features. What a kernel is measured against.
 *
 * @see <a href="https://doi.org/10.1145/2487575.2488200">McMahan et al. 2013, Algorithm 1</a>
 */
final class PlainFtrl {
  private static final float ALPHA = 0.1f;
  private static final float BETA = 1;

  private final float[] slots;
  private final float[] weights = new float[ClickStream.FIELDS];
  private final float[] roots = new float[ClickStream.FIELDS];

  PlainFtrl(int bits) {
    slots = new float[2 << bits];
  }

  /** Predicts the row at {@code from}, learns it, and returns the probability it predicted. */
  double learn(int[] coordinates, int from, int label) {
    float score = 0;
    for (int i = 0; i < ClickStream.FIELDS; i++) {
      int at = 2 * coordinates[from + i];
      float root = (float) Math.sqrt(slots[at + 1]);
      float weight = -slots[at] * ALPHA / (BETA + root);
      roots[i] = root;
      weights[i] = weight;
      score += weight;
    }
    double probability = 1 / (1 + Math.exp(-score));
    float gradient = (float) (probability - label);
    for (int i = 0; i < ClickStream.FIELDS; i++) {
      int at = 2 * coordinates[from + i];
      float squares = slots[at + 1] + gradient * gradient;
      slots[at] += gradient - ((float) Math.sqrt(squares) - roots[i]) / ALPHA * weights[i];
      slots[at + 1] = squares;
    }
    return probability;
  }
}
