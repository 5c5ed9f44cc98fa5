package io.anabranch.operators.keyed;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * How many changed entries may wait for a barrier, so that writing all of them takes no more time
 * of a processor than records may be held up before a checkpoint; and from when on it matters: what
 * is written long before the barrier may change again. Follows what a write takes.
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
  private final BarrierWatch barriers;
  private double nanos = FIRST_NANOS;
  private int most = most(FIRST_NANOS);
  private int writes;

  /**
   * A budget of which nothing is known yet.
   *
   * @param nanoClock nanoseconds of anything
   */
  WriteBudget(LongSupplier nanoClock, BarrierWatch barriers) {
    this.nanoClock = nanoClock;
    this.barriers = barriers;
  }

  /**
   * One that counts the processor's time. By a clock, writes would take longer on a busy machine,
   * become more for it, and make it busier.
   *
   * @param checkpoints whether there will be any
   */
  static WriteBudget ofThread(boolean checkpoints) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return new WriteBudget(
        threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
            ? threads::getCurrentThreadCpuTime
            : System::nanoTime,
        new BarrierWatch(checkpoints, System::nanoTime));
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
    most = most(nanos);
  }

  private static int most(double nanos) {
    return (int) Math.max(LEAST, Math.min(Integer.MAX_VALUE, NANOS / Math.max(1, nanos)));
  }

  /** Most entries that may wait for a barrier. */
  int most() {
    return most;
  }

  /** Notes a change: whether some of the entries that wait have to be written now. */
  boolean isTime(int waiting) {
    barriers.record();
    return waiting > most && barriers.near(waiting - most, nanos);
  }

  /** Says that a barrier is passing. */
  void passed() {
    barriers.passed();
  }
}
