package io.anabranch.models.linear;

import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.exchange.Precision;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.Optional;

/** {@link DiscountedMerge} of each class's weight of a coordinate. */
final class DiscountedClassMerge implements MergeRule {
  private static final long serialVersionUID = 1;

  private final DiscountedMerge each;
  private final int hashBits;
  private final int classes;

  DiscountedClassMerge(int hashBits, Hyper hyper, int classes) {
    each = new DiscountedMerge(hashBits, hyper);
    this.hashBits = hashBits;
    this.classes = classes;
  }

  @Override
  public String description() {
    return each.description();
  }

  /** Coordinates as of other linear models; truth {u, n} and a delta {Δu, Δn, n̄} by class. */
  static ExchangeShape shape(int hashBits, int classes) {
    ExchangeShape one = DiscountedMerge.shape(hashBits);
    return new ExchangeShape(
        one.coordinateBits(),
        one.shardBits(),
        one.truthWidth() * classes,
        one.deltaWidth() * classes,
        one.statisticsWidth());
  }

  @Override
  public ExchangeShape shape() {
    return shape(hashBits, classes);
  }

  @Override
  public Optional<Precision> leastPrecision() {
    return each.leastPrecision();
  }

  @Override
  public void merge(
      int coordinate, float[] truth, int at, float[] delta, int from, int activeTrainers) {
    for (int k = 0; k < classes; k++) {
      each.merge(coordinate, truth, at + 2 * k, delta, from + 3 * k, activeTrainers);
    }
  }

  @Override
  public void mergeStatistics(int coordinate, double[] truth, int at, double[] delta, int from) {
    each.mergeStatistics(coordinate, truth, at, delta, from);
  }
}
