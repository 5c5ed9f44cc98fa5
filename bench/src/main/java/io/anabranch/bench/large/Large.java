package io.anabranch.bench.large;

import java.util.List;
import java.util.Locale;

/**
 * A hundred million values that occur once pass through a shared model of 2^24 hashed coordinates,
 * at parallelism 2 in a process of its own, with admission and expiry and without: what model,
 * heap, state and checkpoints come to, and by how much the log loss is above that of the true
 * probabilities.
 */
public final class Large {
  static final int NEW_IDS_PER_SECOND = 500_000;

  private Large() {}

  /**
   * Runs; the arguments are how many new values pass (default 100,000,000), and admit.count and the
   * seconds of expire (0 = never) of one run alone instead of both.
   */
  public static void main(String[] arguments) throws Exception {
    long ids = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100_000_000;
    if (arguments.length > 2) {
      run(ids, Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
    } else {
      run(ids, 3, 20);
      run(ids, 1, 0);
    }
  }

  private static void run(long ids, int count, long seconds) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%nadmit.count %d, expire %s%n",
        count,
        seconds == 0 ? "never" : seconds + "s");
    BoundedProcess.run(
        NewIdsProcess.class,
        List.of(Long.toString(ids), Integer.toString(count), Long.toString(1_000 * seconds)));
  }
}
