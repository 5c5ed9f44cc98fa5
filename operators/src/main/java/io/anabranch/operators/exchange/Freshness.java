package io.anabranch.operators.exchange;

import java.util.ArrayDeque;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How long what a trainer learns takes until weights that contain it are in use. Looks at the clock
 * once per shipment, not per example.
 */
final class Freshness {
  private final LongSupplier nanoClock;
  private final LongConsumer fresh;
  private final ArrayDeque<Long> shipped = new ArrayDeque<>();
  private long pendingSince;
  private boolean pending;
  private long heldSince;
  private boolean held;

  // Read by metric reporters, which may see an old value.
  private volatile long oldest;
  private volatile boolean stale;

  /**
   * Nothing learned.
   *
   * @param nanoClock nanoseconds of anything
   * @param fresh is told how many of them each shipment took to come back
   */
  Freshness(LongSupplier nanoClock, LongConsumer fresh) {
    this.nanoClock = nanoClock;
    this.fresh = fresh;
  }

  /** The first example since the last shipment was learned. */
  void began() {
    pendingSince = nanoClock.getAsLong();
    pending = true;
    noteOldest();
  }

  /**
   * What was learned since {@link #began} was shipped, and what was held back before.
   *
   * @param whole whether nothing was held back now
   */
  void shipped(boolean whole) {
    shipped.addLast(whole && held ? heldSince : pendingSince);
    if (!whole && !held) {
      heldSince = pendingSince;
    }
    held = !whole;
    pending = false;
    noteOldest();
  }

  /** The oldest shipment came back in the weights. */
  void included() {
    fresh.accept(nanoClock.getAsLong() - shipped.removeFirst());
    noteOldest();
  }

  private void noteOldest() {
    stale = pending || held || !shipped.isEmpty();
    oldest = shipped.isEmpty() ? pendingSince : shipped.getFirst();
    if (held && (shipped.isEmpty() || heldSince < oldest)) {
      oldest = heldSince;
    }
  }

  /** How old the oldest example is that is not in the weights; 0 when all are. */
  long stalenessNanos() {
    return stale ? Math.max(0, nanoClock.getAsLong() - oldest) : 0;
  }
}
