package io.anabranch.flinkml;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;

/**
 * Count, sums and sums of squares of each position, and Flink ML's mean and deviation of them:
 *
 * <pre>
 * mean = Σx / n      std = √((Σx² − Σx · mean) / (n − 1))
 * </pre>
 */
record MomentSums(int size) implements Statistic {

  @Override
  public int sums() {
    return 2 * size + 1;
  }

  @Override
  public void add(Example example, FadingSums view, Additions into) {
    FeatureVector features = example.features();
    for (int i = 0; i < features.size(); i++) {
      int position = features.coordinates()[i];
      double value = features.values()[i];
      into.add(position, value);
      into.add(size + position, value * value);
    }
    into.add(2 * size, 1);
  }

  @Override
  public double predict(Example example, FadingSums view) {
    return view.of(2 * size);
  }

  double[] means(double[] sums) {
    double[] means = new double[size];
    for (int i = 0; i < size && sums[2 * size] > 0; i++) {
      means[i] = sums[i] / sums[2 * size];
    }
    return means;
  }

  double[] deviations(double[] sums) {
    double count = sums[2 * size];
    double[] deviations = new double[size];
    for (int i = 0; i < size && count > 1; i++) {
      double squares = sums[size + i] - sums[i] * (sums[i] / count);
      deviations[i] = Math.sqrt(Math.max(0, squares) / (count - 1));
    }
    return deviations;
  }
}
