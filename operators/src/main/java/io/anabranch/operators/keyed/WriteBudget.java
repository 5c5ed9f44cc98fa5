package io.anabranch.operators.keyed;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * How many changed entries may wait for a barrier, so that records are not held up for long while
 * all of them are written; and from when on it matters: what is written long before the barrier may
 * change again. Follows what a write takes of a processor, and how much longer than that it took
 * when all were written at once: then the other subtasks write as well.
 */
final class WriteBudget {
  /**
   * A tenth of the 100 ms that a checkpoint may hold records up: the state backend has to write out
   * what was written here.
   */
  static final long NANOS = 10_000_000;

  private static final int SAMPLE = 0x7;
  private static final double WEIGHT = 1.0 / 64;
  private static final double FIRST_NANOS = 25_000;

  /** With two subtasks on a processor. */
  private static final double FIRST_STRETCH = 2;

  private static final double MOST_STRETCH = 16;
  private static final double STRETCH_WEIGHT = 0.25;
  private static final double FARTHEST = 4;

  /** So many may always wait, however long a write takes; of fewer the time says little. */
  private static final int LEAST = 20;

  private final LongSupplier processor;
  private final LongSupplier clock;
  private final BarrierWatch barriers;
  private double nanos = FIRST_NANOS;
  private double stretch = FIRST_STRETCH;
  private int most;
  private int writes;

  /**
   * A budget of which nothing is known yet.
   *
   * @param processor nanoseconds of a processor
   * @param clock nanoseconds of anything
   */
  WriteBudget(LongSupplier processor, LongSupplier clock, BarrierWatch barriers) {
    this.processor = processor;
    this.clock = clock;
    this.barriers = barriers;
    bound();
  }

  /**
   * One that counts the processor's time between barriers. By a clock, writes would take longer on
   * a busy machine, become more for it, and make it busier.
   *
   * @param checkpointMillis what is configured to be between two checkpoints, 0 for none
   */
  static WriteBudget ofThread(long checkpointMillis) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return new WriteBudget(
        threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
            ? threads::getCurrentThreadCpuTime
            : System::nanoTime,
        System::nanoTime,
        new BarrierWatch(checkpointMillis, System::nanoTime));
  }

  /** Writes, and learns from one write in eight how long that takes. */
  void write(Runnable write) {
    if ((writes++ & SAMPLE) != 0) {
      write.run();
      return;
    }
    long begun = processor.getAsLong();
    write.run();
    // One that takes very long was a pause of something else.
    double taken = Math.min((double) (processor.getAsLong() - begun), FARTHEST * nanos);
    nanos += WEIGHT * (taken - nanos);
    bound();
  }

  /** Writes all that waits for a barrier that is here. */
  void writeAll(int waiting, Runnable write) {
    barriers.arrived();
    long begun = clock.getAsLong();
    write.run();
    if (waiting >= LEAST) {
      double taken = (clock.getAsLong() - begun) / (waiting * nanos);
      double seen = Math.max(1, Math.min(MOST_STRETCH, taken));
      // At once when it took longer than thought, slowly back.
      stretch = Math.max(seen, stretch + STRETCH_WEIGHT * (seen - stretch));
      bound();
    }
  }

  private void bound() {
    double each = Math.max(1, nanos * stretch);
    most = (int) Math.max(LEAST, Math.min(Integer.MAX_VALUE, NANOS / each));
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

  /** Whether to begin now what is done beside the records before a barrier. */
  boolean isSoon() {
    return barriers.soon();
  }

  /** How many nanoseconds there are until then; less than 0 when it is overdue. */
  long untilBarrier() {
    return barriers.left();
  }

  /** Says when the barrier was triggered that was here last. */
  void triggered(long millis) {
    barriers.triggered(millis);
  }
}
