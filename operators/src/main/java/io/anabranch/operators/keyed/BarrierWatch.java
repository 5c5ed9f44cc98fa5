package io.anabranch.operators.keyed;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Says whether it is time to prepare for the next barrier. That is expected no later than it can
 * come: the shortest time but one after the last one was triggered that there was between two of
 * late, and on its way no longer than the fastest of them. A barrier that was held up is no reason
 * to expect the next one late, nor a savepoint between two checkpoints to expect it early.
 */
final class BarrierWatch {
  /** Preparing may take this part of a processor. */
  private static final double SHARE = 0.2;

  /** So many records may pass for each thing: there may be fewer from now on. */
  private static final double SLACK = 1.5;

  private static final long LOOK_EVERY = 16;
  private static final int REMEMBERED = 4;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final boolean coming;
  private final LongSupplier nanoClock;
  private final long[] intervals = new long[REMEMBERED];
  private final long[] delays = new long[REMEMBERED];
  private int barriers;
  private long triggered;
  private long arrived;
  private long expected;
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
    arrived = nanoClock.getAsLong();
  }

  /** Says that one is here. */
  void arrived() {
    arrived = nanoClock.getAsLong();
    records = 0;
    near = false;
  }

  /**
   * Says when the one that arrived last was triggered.
   *
   * @param millis by a clock that need not be this machine's
   */
  void triggered(long millis) {
    delays[barriers % REMEMBERED] = arrived - millis * NANOS_PER_MILLI;
    if (barriers == 0) {
      Arrays.fill(delays, delays[0]);
      Arrays.fill(intervals, Long.MAX_VALUE);
    } else {
      intervals[barriers % REMEMBERED] = (millis - triggered) * NANOS_PER_MILLI;
    }
    triggered = millis;
    barriers++;
    int known = Math.min(barriers - 1, REMEMBERED);
    long interval = nthShortest(intervals, known > 1 ? 1 : 0);
    expected = millis * NANOS_PER_MILLI + interval + nthShortest(delays, 0);
  }

  private static long nthShortest(long[] times, int n) {
    return Arrays.stream(times).sorted().skip(n).findFirst().orElseThrow();
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
    if (!coming || barriers < 2) { // nothing to go by: then at once
      return coming;
    }
    if (records % LOOK_EVERY != 0) {
      return near;
    }
    long now = nanoClock.getAsLong();
    double nanosPerRecord = (now - arrived) / (double) Math.max(1, records);
    near = expected - now < things * (nanos / SHARE + SLACK * nanosPerRecord);
    return near;
  }
}
