package io.anabranch.operators.metrics;

import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;

/** A count that somebody else keeps, as a counter. */
final class CountView implements Counter {
  private final LongSupplier count;

  CountView(LongSupplier count) {
    this.count = count;
  }

  @Override
  public long getCount() {
    return count.getAsLong();
  }

  @Override
  public void inc() {
    inc(1);
  }

  @Override
  public void inc(long n) {
    throw new UnsupportedOperationException("a view of a count cannot be changed by " + n);
  }

  @Override
  public void dec() {
    inc(-1);
  }

  @Override
  public void dec(long n) {
    inc(-n);
  }
}
