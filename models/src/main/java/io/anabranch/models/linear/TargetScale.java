package io.anabranch.models.linear;

import io.anabranch.models.math.Numerics;

/**
 * The running mean and deviation of a numeric target, by which a model's own numbers have no unit.
 * They are the moments of the intercept's coordinate, which no input has.
 *
 * <p>One absurd target must not spoil them: it counts as one at most 100 deviations off. A level
 * that really changed is caught up with all the same, since each such target widens the deviation.
 */
final class TargetScale {
  private static final double MOST_DEVIATIONS = 100;
  // Squares of differences, and their sums, must stay finite.
  private static final double MOST = 1e140;
  // Doubles resolve 1e-16 of their size: a deviation below 1e-12 of the mean is rounding.
  private static final double LEAST_RELATIVE_VARIANCE = 1e-24;
  // No prediction is further off the mean; n values are never beyond √(n−1) deviations of theirs.
  private static final double FARTHEST = 10;

  private final StatisticTable moments;
  private final int coordinate;

  TargetScale(StatisticTable moments, int coordinate) {
    this.moments = moments;
    this.coordinate = coordinate;
  }

  /** The value as which a target counts. */
  double bounded(double target) {
    double bounded = Math.max(-MOST, Math.min(MOST, target));
    double deviation = deviation();
    if (deviation == 0) {
      return bounded;
    }
    double reach = MOST_DEVIATIONS * deviation;
    return Math.max(mean() - reach, Math.min(mean() + reach, bounded));
  }

  /** Counts a bounded target. */
  void add(double bounded) {
    int at = moments.touch(coordinate);
    Numerics.mergeMoments(moments.values(), at, 1, bounded, 0);
  }

  /** The mean; 0 before the first target. */
  double mean() {
    int at = moments.find(coordinate);
    return at < 0 ? 0 : moments.values()[at + 1];
  }

  /** The standard deviation; 0 while targets never varied. */
  double deviation() {
    int at = moments.find(coordinate);
    if (at < 0) {
      return 0;
    }
    double[] of = moments.values();
    double variance = of[at + 2] / of[at];
    return variance <= of[at + 1] * of[at + 1] * LEAST_RELATIVE_VARIANCE ? 0 : Math.sqrt(variance);
  }

  /** A target in deviations from the mean; the deviation must not be 0. */
  double standardise(double target) {
    return (target - mean()) / deviation();
  }

  /** The target that so many deviations from the mean stand for, within what is sane. */
  double restore(double standardised) {
    double deviation = deviation();
    if (deviation == 0) {
      return mean();
    }
    double count = moments.values()[moments.find(coordinate)];
    double farthest = Math.min(FARTHEST, Math.sqrt(count - 1));
    return mean() + deviation * Math.max(-farthest, Math.min(farthest, standardised));
  }
}
