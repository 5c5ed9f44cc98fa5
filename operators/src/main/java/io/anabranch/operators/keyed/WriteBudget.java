package io.anabranch.operators.keyed;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * How many changed entries may wait for being written back, so that writing all of them takes no
 * more time of a processor than records may be held up before a checkpoint. Follows what a write
 * takes.
 */
final class WriteBudget {
  /** Half of the 100 ms that a checkpoint may hold records up; the rest is the state backend's. */
  static final long NANOS = 50_000_000;

  private static final int SAMPLE = 0x7;
  private static final double WEIGHT = 1.0 / 64;
  private static final double FIRST_NANOS = 25_000;
  private static final double FARTHEST = 4;
  private static final int LEAST = 64;

  private final LongSupplier nanoClock;
  private double nanos = FIRST_NANOS;
  private int writes;

  /**
   * A budget of which nothing is known yet.
   *
   * @param nanoClock nanoseconds of anything
   */
  WriteBudget(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * One that counts the processor's time. By a clock, writes would take longer on a busy machine,
   * become more for it, and make it busier.
   */
  static WriteBudget ofThread() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return new WriteBudget(
        threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
            ? threads::getCurrentThreadCpuTime
            : System::nanoTime);
  }

  /** Writes, and learns from one write in eight how long that takes. */
  void write(Runnable write) {
    if ((writes++ & SAMPLE) != 0) {
      write.run();
      return;
    }
    long begun = nanoClock.getAsLong();
    write.run();
    // One that takes very long was a pause of something else.
    double taken = Math.min((double) (nanoClock.getAsLong() - begun), FARTHEST * nanos);
    nanos += WEIGHT * (taken - nanos);
  }

  /** Most entries that may wait. */
  int most() {
    return (int) Math.max(LEAST, Math.min(Integer.MAX_VALUE, NANOS / Math.max(1, nanos)));
  }
}
