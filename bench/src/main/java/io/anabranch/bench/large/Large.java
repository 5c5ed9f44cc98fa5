package io.anabranch.bench.large;

import io.anabranch.models.data.Example;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.exchange.MembershipTotals;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * A hundred million values that occur once pass through a shared model of 2^24 hashed coordinates,
 * with and without admission and expiry: what heap and state take, and by how much the log loss is
 * above that of the true probabilities.
 */
public final class Large {
  private static final int BITS = 24;
  private static final int LOOKS = 10;
  private static final long NEW_IDS_PER_HOUR = 1_000_000;
  private static final long HOUR = 3_600_000;

  private Large() {}

  /**
   * Runs; the arguments are how many new values pass (default 100,000,000), and admit.count and the
   * hours of expire (0 = never) of one run alone instead of all four.
   */
  public static void main(String[] arguments) throws Exception {
    long ids = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100_000_000;
    if (arguments.length > 2) {
      run(ids, Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
    } else {
      run(ids, 1, 0);
      run(ids, 3, 0);
      run(ids, 1, 12);
      run(ids, 3, 12);
    }
  }

  private static void run(long ids, int count, long hours) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%nadmit.count %d, expire %s; %,d new values an hour%n",
        count,
        hours == 0 ? "never" : hours + "h",
        NEW_IDS_PER_HOUR);
    System.out.println(
        "  new values  coordinates  heap after GC   state   excess log loss  joined     forgotten");
    NewIds stream = new NewIds(BITS);
    LargeModel model = new LargeModel(BITS, new CoordinateLimits(count, hours * HOUR));
    Example example = new Example();
    long rows = ids / NewIds.NEW;
    long perLook = rows / LOOKS;
    double excess = 0;
    long begun = System.nanoTime();
    for (long row = 1; row <= rows; row++) {
      double truth = stream.next(example);
      double said = model.learn(example, row * NewIds.NEW * HOUR / NEW_IDS_PER_HOUR);
      // In expectation over the label, which has less noise than the loss of the label itself.
      excess += truth * Math.log(truth / said) + (1 - truth) * Math.log((1 - truth) / (1 - said));
      if (row % perLook == 0) {
        model.checkpoint();
        System.out.printf(
            Locale.ROOT,
            "%,12d %,12d %,11d MB %,6d MB %14.5f  %,10d %,10d%n",
            row * NewIds.NEW,
            model.coordinates(),
            heap(),
            model.stateBytes() >> 20,
            excess / perLook,
            model.sum(MembershipTotals::admitted),
            model.sum(MembershipTotals::expired));
        excess = 0;
      }
    }
    System.out.printf(Locale.ROOT, "  %.1f us per row%n", (System.nanoTime() - begun) / 1e3 / rows);
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }
}
