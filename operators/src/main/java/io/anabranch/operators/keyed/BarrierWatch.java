package io.anabranch.operators.keyed;

import java.util.function.LongSupplier;

/**
 * Says whether it is time to prepare for the next barrier, which is expected as long after the last
 * one as that was after the one before.
 */
final class BarrierWatch {
  /** Preparing may take this part of a processor. */
  private static final double SHARE = 0.2;

  /** So many records may pass for each thing: there may be fewer from now on. */
  private static final double SLACK = 1.5;

  private static final long LOOK_EVERY = 16;

  private final boolean coming;
  private final LongSupplier nanoClock;
  private long last;
  private long interval;
  private long records;
  private boolean near;

  /**
   * One that has seen no barrier yet.
   *
   * @param coming whether there will be any; somebody may take a savepoint all the same
   * @param nanoClock nanoseconds of anything
   */
  BarrierWatch(boolean coming, LongSupplier nanoClock) {
    this.coming = coming;
    this.nanoClock = nanoClock;
    last = nanoClock.getAsLong();
  }

  /** Says that one is passing. */
  void passed() {
    long now = nanoClock.getAsLong();
    interval = now - last;
    last = now;
    records = 0;
    near = false;
  }

  /** Counts records between barriers. */
  void record() {
    records++;
  }

  /**
   * Whether so many things are more than can be done until then, if one is done per record. So that
   * no more is done than needed, they become fewer as steadily as time goes by.
   *
   * @param nanos of a processor that each takes
   */
  boolean near(int things, double nanos) {
    if (!coming || interval == 0) { // nothing to go by: then at once
      return coming;
    }
    if (records % LOOK_EVERY != 0) {
      return near;
    }
    long since = nanoClock.getAsLong() - last;
    double nanosPerRecord = since / (double) Math.max(1, records);
    near = interval - since < things * (nanos / SHARE + SLACK * nanosPerRecord);
    return near;
  }
}
