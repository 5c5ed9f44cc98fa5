package io.anabranch.cluster;

/**
 * How a run is to be.
 *
 * @param seed of the feed and the schedule
 * @param jobs how many pipelines learn from the same input, each in a job of its own
 * @param parallelism of each job
 * @param perSecond records fed per second
 */
record RunOptions(long seed, int jobs, int parallelism, int perSecond) {}
