package io.anabranch.flinkml;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;

/**
 * The normal equations of a weighted linear regression without intercept, and their solution:
 *
 * <pre>
 * A = Σ w x xᵀ      b = Σ w y x      n = Σ w      β = (A/n + λ I)⁻¹ b/n
 * </pre>
 *
 * <p>β is what Flink ML's LinearRegression descends to. Memory: O(size²); a solution costs
 * O(size³).
 */
record LeastSquaresSums(int size) implements Statistic {

  /** The greatest size: 2 million sums. */
  static final int MOST = 2_000;

  /** Checks the size. */
  LeastSquaresSums {
    if (size < 1 || size > MOST) {
      throw new IllegalArgumentException(
          "numFeatures must be between 1 and " + MOST + ", got " + size);
    }
  }

  @Override
  public int sums() {
    return size * (size + 1) / 2 + size + 1;
  }

  /** Where A of a pair of positions is, the first one being at least the second. */
  private static int pair(int first, int second) {
    return first * (first + 1) / 2 + second;
  }

  @Override
  public void add(Example example, FadingSums view, Additions into) {
    FeatureVector features = example.features();
    int products = size * (size + 1) / 2;
    double weight = example.weight();
    for (int i = 0; i < features.size(); i++) {
      int first = features.coordinates()[i];
      double value = weight * features.values()[i];
      for (int j = 0; j < features.size(); j++) {
        int second = features.coordinates()[j];
        if (second <= first) {
          into.add(pair(first, second), value * features.values()[j]);
        }
      }
      into.add(products + first, value * example.target());
    }
    into.add(products + size, weight);
  }

  @Override
  public double predict(Example example, FadingSums view) {
    return 0; // solving for each example is not what this is for
  }

  /**
   * β by Cholesky's decomposition; positions that say nothing new get 0.
   *
   * @param ridge λ, at least 0
   */
  double[] solve(double[] sums, double ridge) {
    int products = size * (size + 1) / 2;
    double weight = Math.max(Double.MIN_NORMAL, sums[products + size]);
    double[][] factor = new double[size][size];
    double[] solution = new double[size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = sums[pair(i, j)] / weight + (i == j ? ridge : 0);
        double whole = rest;
        for (int m = 0; m < j; m++) {
          rest -= factor[i][m] * factor[j][m];
        }
        if (i != j) {
          factor[i][j] = factor[j][j] == 0 ? 0 : rest / factor[j][j];
        } else if (rest > whole * 1e-9) {
          factor[i][i] = Math.sqrt(rest);
        }
      }
      double rest = sums[products + i] / weight;
      for (int m = 0; m < i; m++) {
        rest -= factor[i][m] * solution[m];
      }
      solution[i] = factor[i][i] == 0 ? 0 : rest / factor[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      double rest = solution[i];
      for (int m = i + 1; m < size; m++) {
        rest -= factor[m][i] * solution[m];
      }
      solution[i] = factor[i][i] == 0 ? 0 : rest / factor[i][i];
    }
    return solution;
  }
}
