package io.anabranch.operators.keyed;

import io.anabranch.operators.keyed.ModelCache.Entry;
import java.io.IOException;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * Forgets the models of keys that were not seen for a while, by the clock of the machine: a job has
 * no watermarks. When a key was last seen is known to an eighth of that time, so that state is
 * written at most eight times in it; each key has one timer, which is set anew when it goes off and
 * the key was seen since. A model lives for at least the time, and for at most a quarter longer.
 */
final class KeyExpiry {
  private static final int BUCKETS = 8;

  private final long millis;
  private final long width;
  private final OtherKey states;
  private final ValueState<Long> seen;
  private final RestoredCount expired;

  /**
   * Takes over what was known.
   *
   * @param millis for how long a key that is not seen keeps its model, at least 1
   */
  KeyExpiry(long millis, OtherKey states, KeyedStateStore keyed, OperatorStateStore operator)
      throws Exception {
    this.millis = millis;
    this.states = states;
    width = Math.max(1, millis / BUCKETS);
    seen = keyed.getState(new ValueStateDescriptor<>("seen", Types.LONG));
    expired = new RestoredCount("expired", operator);
  }

  /** Notes that the current key, whose entry this is, was seen. */
  void seen(Entry<?, ?> entry, InternalTimerService<VoidNamespace> timers) throws IOException {
    long bucket = timers.currentProcessingTime() / width;
    if (entry.stamp() == bucket) {
      return;
    }
    Long before = seen.value();
    if (before == null) {
      timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, end(bucket));
    }
    if (before == null || before < bucket) {
      seen.update(bucket);
    }
    entry.stamp(bucket);
  }

  /** Whether the model of the timer's key, which is the current one, is to be forgotten. */
  boolean isDue(
      InternalTimer<String, VoidNamespace> timer, InternalTimerService<VoidNamespace> timers)
      throws IOException {
    Long bucket = seen.value();
    if (bucket == null) {
      return false;
    }
    if (end(bucket) > timer.getTimestamp()) {
      timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, end(bucket));
      return false;
    }
    seen.clear();
    expired.increment();
    return true;
  }

  private long end(long bucket) {
    return Math.addExact(Math.multiplyExact(bucket + 1, width), millis);
  }

  /** How many models were forgotten; no restart makes it less. */
  long expired() {
    return expired.count();
  }

  /** Forgets when a key was seen, whose model is gone already: its timer comes to nothing. */
  void forget(String key) {
    states.change(key, seen::clear);
  }

  /** Writes the count. */
  void snapshot() throws Exception {
    expired.snapshot();
  }
}
