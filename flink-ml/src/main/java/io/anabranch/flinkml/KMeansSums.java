package io.anabranch.flinkml;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;

/**
 * Weight and weighted sum of each cluster: its centroid is their ratio, and each example goes to
 * the nearest, by Euclidean distance.
 *
 * <pre>
 * j = argmin ‖x − S_j / n_j‖      S_j ← S_j + w x      n_j ← n_j + w
 * </pre>
 *
 * <p>MacQueen 1967, "Some methods for classification and analysis of multivariate observations".
 */
record KMeansSums(int clusters, int size) implements Statistic {

  /**
   * What a centroid weighs at least where it is written down, so that it is somewhere before
   * anything comes near it, and after all that came has faded.
   */
  static final double LEAST_WEIGHT = 1e-6;

  @Override
  public int sums() {
    return Math.multiplyExact(clusters, size + 1);
  }

  @Override
  public void add(Example example, FadingSums view, Additions into) {
    int from = nearest(example.features(), view) * (size + 1);
    FeatureVector features = example.features();
    for (int i = 0; i < features.size(); i++) {
      into.add(from + features.coordinates()[i], example.weight() * features.values()[i]);
    }
    into.add(from + size, example.weight());
  }

  @Override
  public double predict(Example example, FadingSums view) {
    return nearest(example.features(), view);
  }

  @Override
  public boolean mayFade() {
    return true;
  }

  private int nearest(FeatureVector features, FadingSums view) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int cluster = 0; cluster < clusters; cluster++) {
      double distance = relativeDistance(features, view, cluster * (size + 1));
      if (distance < least) {
        least = distance;
        nearest = cluster;
      }
    }
    return nearest;
  }

  /** ‖c‖² − 2 x·c, which is the squared distance but for ‖x‖²; zeros of x cost nothing of it. */
  private double relativeDistance(FeatureVector features, FadingSums view, int from) {
    int weight = from + size;
    double distance = 0;
    for (int i = from; i < weight; i++) {
      double centre = view.ratio(i, weight);
      distance += centre * centre;
    }
    for (int i = 0; i < features.size(); i++) {
      distance -= 2 * features.values()[i] * view.ratio(from + features.coordinates()[i], weight);
    }
    return distance;
  }

  /** Centroids stay where they are when their weight is raised to the least. */
  @Override
  public double[] plain(FadingSums view) {
    double[] plain = new double[sums()];
    for (int from = 0; from < plain.length; from += size + 1) {
      plain[from + size] = Math.max(LEAST_WEIGHT, view.of(from + size));
      for (int i = from; i < from + size; i++) {
        plain[i] = view.ratio(i, from + size) * plain[from + size];
      }
    }
    return plain;
  }

  /** The sums of clusters that are somewhere already. */
  double[] of(double[][] centroids, double[] weights) {
    double[] sums = new double[sums()];
    for (int cluster = 0; cluster < clusters; cluster++) {
      double weight = Math.max(LEAST_WEIGHT, weights[cluster]);
      int from = cluster * (size + 1);
      for (int i = 0; i < size; i++) {
        sums[from + i] = weight * centroids[cluster][i];
      }
      sums[from + size] = weight;
    }
    return sums;
  }

  double[] centroid(double[] sums, int cluster) {
    int from = cluster * (size + 1);
    double[] centroid = new double[size];
    for (int i = 0; i < size; i++) {
      centroid[i] = sums[from + i] / sums[from + size];
    }
    return centroid;
  }

  double weight(double[] sums, int cluster) {
    return sums[cluster * (size + 1) + size];
  }
}
