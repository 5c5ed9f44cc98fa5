package io.anabranch.operators.keyed;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Says whether it is time to prepare for the next barrier. That is expected no later than it can
 * come: the shortest time but one after the last one was triggered that there was between two of
 * late or should have been, and on its way no longer than the fastest of them. A barrier that was
 * held up is no reason to expect the next one late, nor a savepoint in the first half of an
 * interval to expect it at another time. Which of the two a barrier is of nobody says.
 */
final class BarrierWatch {
  /** Preparing may take this part of a processor. */
  private static final double SHARE = 0.2;

  /** So many records may pass for each thing: there may be fewer from now on. */
  private static final double SLACK = 1.5;

  private static final long LOOK_EVERY = 16;

  /** What goes on beside the records is begun this long before at most. */
  private static final long AHEAD_NANOS = 500_000_000;

  private static final long PAUSE_NANOS = 10_000_000;

  /** A barrier that is later than this may be so for long. */
  private static final long OVERDUE_NANOS = 500_000_000;

  private static final long OVERDUE_PAUSE_NANOS = 1_000_000_000;
  private static final int REMEMBERED = 4;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long interval;
  private final LongSupplier nanoClock;
  private final long[] intervals = new long[REMEMBERED];
  private final long[] delays = new long[REMEMBERED];
  private int barriers;
  private long triggered;
  private long arrived;
  private long expected;
  private long records;
  private boolean near;
  private boolean early;
  private long looked;

  /**
   * One that has seen no barrier yet.
   *
   * @param intervalMillis what is configured to be between two of them, 0 where none will come;
   *     somebody may take a savepoint all the same
   * @param nanoClock nanoseconds of anything
   */
  BarrierWatch(long intervalMillis, LongSupplier nanoClock) {
    interval = intervalMillis * NANOS_PER_MILLI;
    this.nanoClock = nanoClock;
    arrived = nanoClock.getAsLong();
    looked = arrived - PAUSE_NANOS;
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
    // As a savepoint's, unless there are two in a row: then the clock that triggers was put
    // forward.
    early = barriers > 0 && !early && expected - arrived > interval / 2;
    if (early) {
      return;
    }
    delays[barriers % REMEMBERED] = arrived - millis * NANOS_PER_MILLI;
    if (barriers == 0) {
      Arrays.fill(delays, delays[0]);
      Arrays.fill(intervals, interval);
    } else {
      intervals[barriers % REMEMBERED] = (millis - triggered) * NANOS_PER_MILLI;
    }
    triggered = millis;
    barriers++;
    expected = millis * NANOS_PER_MILLI + nthShortest(intervals, 1) + nthShortest(delays, 0);
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
    if (interval == 0 || barriers == 0) { // nothing to go by: then at once, if ever
      return interval > 0;
    }
    if (records % LOOK_EVERY != 0) {
      return near;
    }
    long now = nanoClock.getAsLong();
    double nanosPerRecord = (now - arrived) / (double) Math.max(1, records);
    near = expected - now < things * (nanos / SHARE + SLACK * nanosPerRecord);
    return near;
  }

  /**
   * Whether to look now at what could be begun beside the records: every hundredth of a second once
   * a barrier may be here soon, and every second when it is overdue. To be asked for each record.
   */
  boolean soon() {
    if (interval == 0 || barriers == 0 || records % LOOK_EVERY != 0) {
      return false;
    }
    long now = nanoClock.getAsLong();
    long pause = now - expected > OVERDUE_NANOS ? OVERDUE_PAUSE_NANOS : PAUSE_NANOS;
    if (expected - now > AHEAD_NANOS || now - looked < pause) {
      return false;
    }
    looked = now;
    return true;
  }

  /** How many nanoseconds there were left then; less than 0 when the barrier is overdue. */
  long left() {
    return expected - looked;
  }
}
