package io.anabranch.local.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** The rate of a growing count over the last seconds. */
public final class RateMeter {
  private static final long SPAN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long count) {}

  /**
   * Takes a sample and returns events per second.
   *
   * @param nanos monotonic time
   */
  public double sample(long nanos, long count) {
    samples.addLast(new Sample(nanos, count));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > SPAN_NANOS) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    double seconds = (nanos - first.nanos()) / 1e9;
    return seconds > 0 ? Math.max(0, count - first.count()) / seconds : 0;
  }
}
