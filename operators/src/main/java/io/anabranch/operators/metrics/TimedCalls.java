package io.anabranch.operators.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;

/**
 * Counts calls, and times one in 256 of them: reading the clock for each would cost as much as a
 * short prediction.
 */
public final class TimedCalls {
  private static final int SAMPLE = 0xff;

  private final Counter calls;
  private final Histogram nanos;

  TimedCalls(Counter calls, Histogram nanos) {
    this.calls = calls;
    this.nanos = nanos;
  }

  /** Counts a call that begins; what it returns is for {@link #end}. */
  public long begin() {
    calls.inc();
    return (calls.getCount() & SAMPLE) == 1 ? System.nanoTime() : 0;
  }

  /** Notes how long a call took, if it is one that is timed. */
  public void end(long begun) {
    if (begun != 0) {
      nanos.update(System.nanoTime() - begun);
    }
  }
}
