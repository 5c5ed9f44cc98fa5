package io.anabranch.operators.ensemble;

import io.anabranch.operators.flink.ShardKeys;

/**
 * Numbers of examples, and where the votes on each are counted.
 *
 * <p>Numbers grow by one for each subtask that gives them out, and no two subtasks share one. They
 * begin again in each run after a restore, with the number of restores in front: what waits in a
 * checkpoint has numbers of an earlier run.
 *
 * <p>Votes on 64 examples in a row are counted at the same place, so that figures which compare an
 * example with the one before it mostly can; the next 64 at one that is mostly in another subtask.
 */
final class VotingPlaces {
  /** How many examples in a row are counted at the same place; no more than a long has bits. */
  static final int RUN = 64;

  private static final int SUBTASK_BITS = 7;
  private static final int COUNT_BITS = 40;
  private static final int RUN_NUMBER_BITS = 16;
  private static final int RUN_BITS = Integer.numberOfTrailingZeros(RUN);
  // Odd, so that all places take turns; near the golden section of 128, so that neighbours are far
  // apart.
  private static final int STEP = 79;

  private static final int[] KEYS = ShardKeys.of(ShardKeys.KEY_GROUPS);

  private VotingPlaces() {}

  /**
   * The number of an example.
   *
   * @param run how often the job was restored before; counted modulo 65,536
   * @param count how many the subtask has numbered in this run, below 2^40
   */
  static long number(long run, long count, int subtask) {
    long bounded = run & (1 << RUN_NUMBER_BITS) - 1;
    return (bounded << COUNT_BITS | count) << SUBTASK_BITS | subtask;
  }

  /** The number of the example after one of the same subtask. */
  static long next(long number) {
    return number + (1 << SUBTASK_BITS);
  }

  /** The number of the run that an example is in: the least of those in it. */
  static long run(long number) {
    return number & ~((RUN - 1L) << SUBTASK_BITS);
  }

  /** Which example of its run it is, from 0. */
  static int inRun(long number) {
    return (int) (number >>> SUBTASK_BITS) & RUN - 1;
  }

  /** Whether it is the last example of its run. */
  static boolean endsRun(long number) {
    return inRun(number) == RUN - 1;
  }

  /** The key of the place where the votes on an example are counted. */
  static int of(long number) {
    int subtask = (int) number & (1 << SUBTASK_BITS) - 1;
    int run = (int) (number >>> (SUBTASK_BITS + RUN_BITS)) + subtask;
    return KEYS[run * STEP & KEYS.length - 1];
  }
}
