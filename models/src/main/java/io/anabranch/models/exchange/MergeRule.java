package io.anabranch.models.exchange;

import java.io.Serializable;
import java.util.Optional;

/**
 * How the deltas of a learner merge into the truth. Brought by the learner; whoever holds the truth
 * knows no algorithm.
 */
public interface MergeRule extends Serializable {

  /** The rule in a few words, for people. */
  default String description() {
    return getClass().getSimpleName();
  }

  /** The shape of truth and deltas. */
  ExchangeShape shape();

  /**
   * How precisely truth and deltas must travel at least, if they may be rounded on their way and
   * shipped in part ({@link io.anabranch.models.learner.SharedLearner#drain(CoordinateBatch[],
   * double)}); empty when they may not, because sums must be exact.
   */
  default Optional<Precision> leastPrecision() {
    return Optional.empty();
  }

  /**
   * Merges the delta of one coordinate into its truth, in place.
   *
   * @param coordinate the coordinate
   * @param truth {@link ExchangeShape#truthWidth()} floats from {@code at}; zeros when never
   *     touched
   * @param delta {@link ExchangeShape#deltaWidth()} floats from {@code from}
   * @param activeTrainers how many trainers are sending deltas, at least 1
   */
  void merge(int coordinate, float[] truth, int at, float[] delta, int from, int activeTrainers);

  /** Merges statistics: {@link ExchangeShape#statisticsWidth()} doubles each. */
  void mergeStatistics(int coordinate, double[] truth, int at, double[] delta, int from);
}
