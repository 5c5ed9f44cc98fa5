package io.anabranch.local.feed;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Spaces events evenly by a monotonic clock. */
final class Pacer {
  /** Later than this, the schedule moves: a stall is not made up for by a burst. */
  private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final double nanosPerEvent;
  private final LongSupplier clock;
  private final LongConsumer sleep;
  private long start;
  private long events;

  /**
   * @param perSecond events per second, above 0; infinity = as fast as possible
   * @param clock monotonic nanoseconds
   * @param sleep waits about as many nanoseconds
   */
  Pacer(double perSecond, LongSupplier clock, LongConsumer sleep) {
    this.nanosPerEvent = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.clock = clock;
    this.sleep = sleep;
  }

  static Pacer of(double perSecond) {
    return new Pacer(perSecond, System::nanoTime, LockSupport::parkNanos);
  }

  /** Returns when the next event is due, or when the thread is interrupted. */
  void await() {
    if (nanosPerEvent == 0) {
      return;
    }
    long now = clock.getAsLong();
    if (events == 0) {
      start = now;
    }
    long wait = start + (long) (events * nanosPerEvent) - now;
    if (wait < -SLACK_NANOS) {
      start = now;
      events = 0;
    }
    events++;
    while (wait > 0 && !Thread.currentThread().isInterrupted()) {
      sleep.accept(wait);
      wait = start + (long) ((events - 1) * nanosPerEvent) - clock.getAsLong();
    }
  }
}
