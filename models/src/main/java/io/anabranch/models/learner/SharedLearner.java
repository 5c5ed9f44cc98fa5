package io.anabranch.models.learner;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;

/**
 * A learner that can be trained by several trainers at once: the replica that one trainer holds.
 *
 * <p>The replica's view of a coordinate is <em>global truth + own deltas shipped but not yet
 * included in it + own pending change</em>. {@link #learn} changes the view and the pending change;
 * {@link #drain} hands the pending changes over; {@link #overwrite} takes new truth, and {@link
 * #forget} takes away that of coordinates which left the model, after which the caller re-adds,
 * with {@link #reapply}, the own deltas that this truth does not include.
 */
public interface SharedLearner extends Learner {

  /** The shape of truth and deltas. */
  ExchangeShape shape();

  /**
   * Appends every pending change, at most once per coordinate, to the batch of its shard ({@link
   * ExchangeShape#shardOf}) and forgets it as pending. The view does not change.
   *
   * @param perShard one batch per shard, of the delta's widths
   */
  void drain(CoordinateBatch[] perShard);

  /**
   * The same of the pending changes that are largest; the others stay pending. For learners whose
   * merge rule has a {@link io.anabranch.models.exchange.MergeRule#leastPrecision}; others hand
   * over everything.
   *
   * @param perShard one batch per shard, of the delta's widths
   * @param hold the fraction that stays, from 0 to below 1; met as nearly as a sample of the
   *     changes tells
   */
  default void drain(CoordinateBatch[] perShard, double hold) {
    drain(perShard);
  }

  /**
   * Replaces the truth of the batch's coordinates (of the truth's widths): view = truth + pending.
   */
  void overwrite(CoordinateBatch truth);

  /**
   * Takes away the truth of coordinates that are not in the model any more: view = pending. The
   * same as overwriting them with zeros, but for learners that keep room for each coordinate which
   * has a truth: these need none for what is gone.
   *
   * @param gone the coordinates; of no width, without statistics
   */
  default void forget(CoordinateBatch gone) {
    CoordinateBatch zeros =
        new CoordinateBatch(shape().truthWidth(), shape().statisticsWidth(), gone.size(), 0);
    for (int i = 0; i < gone.size(); i++) {
      zeros.add(gone.coordinates()[i]);
    }
    overwrite(zeros);
  }

  /**
   * Adds an own delta that was drained earlier to the view of those of its coordinates that are in
   * {@code overwritten}, the batch that was just passed to {@link #overwrite} or {@link #forget}.
   */
  void reapply(CoordinateBatch delta, CoordinateBatch overwritten);

  /** Sets how many examples the truth was learned from, when it is taken over. */
  void examples(long examples);
}
