package io.anabranch.bench.exchange;

import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.exchange.Precision;
import io.anabranch.operators.exchange.ExchangeCoding;

/**
 * How many trainers there are and how they exchange.
 *
 * @param trainers P, at least 1
 * @param examples K, the examples between two shipments of a grown model
 * @param lag how many of its trainer's intervals a delta is under way before it is merged and
 *     published; 0: it is there before anyone learns again
 * @param lockStep whether all trainers ship at the same time, as if none had a jitter of its own
 * @param coding what they leave out; there are no checkpoints that would bring what is held back
 */
record ExchangePlan(
    int trainers, int examples, double lag, boolean lockStep, ExchangeCoding coding) {

  /** What travels of floats, if the learner may leave anything out. */
  Precision precision(MergeRule rule) {
    return coding.rounded() ? rule.leastPrecision().orElseThrow() : Precision.FULL;
  }
}
