package io.anabranch.operators.keyed;

import java.util.function.LongSupplier;

/**
 * How many changed entries may wait for being written back, so that writing all of them takes no
 * longer than records may be held up before a checkpoint. Follows what a write takes.
 */
final class WriteBudget {
  /** Half of the 100 ms that a checkpoint may hold records up; the rest is the state backend's. */
  static final long NANOS = 50_000_000;

  private static final double WEIGHT = 1.0 / 256;
  private static final double FIRST_NANOS = 25_000;
  private static final double FARTHEST = 8;
  private static final int LEAST = 64;

  private final LongSupplier nanoClock;
  private double nanos = FIRST_NANOS;

  /**
   * A budget of which nothing is known yet.
   *
   * @param nanoClock nanoseconds of anything
   */
  WriteBudget(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Writes, and learns how long that takes. */
  void write(Runnable write) {
    long begun = nanoClock.getAsLong();
    write.run();
    // A pause of the machine says nothing about writing.
    double taken = Math.min((double) (nanoClock.getAsLong() - begun), FARTHEST * nanos);
    nanos += WEIGHT * (taken - nanos);
  }

  /** Most entries that may wait. */
  int most() {
    return (int) Math.max(LEAST, Math.min(Integer.MAX_VALUE, NANOS / Math.max(1, nanos)));
  }
}
