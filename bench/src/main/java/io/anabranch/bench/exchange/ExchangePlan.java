package io.anabranch.bench.exchange;

/**
 * How many trainers there are and how they exchange.
 *
 * @param trainers P, at least 1
 * @param examples K, the examples between two shipments of a grown model
 * @param lag how many of its trainer's intervals a delta is under way before it is merged and
 *     published; 0: it is there before anyone learns again
 * @param lockStep whether all trainers ship at the same time, as if none had a jitter of its own
 */
record ExchangePlan(int trainers, int examples, double lag, boolean lockStep) {}
