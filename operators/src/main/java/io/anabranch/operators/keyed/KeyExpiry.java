package io.anabranch.operators.keyed;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.jspecify.annotations.Nullable;

/**
 * Says whose models have to go because their keys were not seen for a while in which the job ran: a
 * job has no watermarks, and a stop is no reason to forget. When a key was last seen is known to an
 * eighth of that time, so that state is written at most eight times in it; each key has one timer,
 * which is set anew when it goes off and the key was seen since. A model lives for at least the
 * time, and for at most a quarter longer.
 *
 * <p>State says when a key was seen in milliseconds, rounded up, so that it reads the same under
 * any limit. Timers follow from the limit: when that is another one than before, they are set anew.
 */
final class KeyExpiry {
  private static final String STATE = "seen";
  private static final int PARTS = 8;

  private final KeyLimits limits;
  private final long eighth;
  private final OtherKey states;
  private final KeyedStateStore keyed;
  private final RunningTime running;
  private final ListState<Long> limitState;
  private final Set<Long> limitsBefore = new HashSet<>();
  private @Nullable ValueState<Long> seen;
  private long eighthEnd = Long.MIN_VALUE;

  /** Takes over what was known. */
  KeyExpiry(KeyLimits limits, OtherKey states, KeyedStateStore keyed, OperatorStateStore operator)
      throws Exception {
    this.limits = limits;
    this.states = states;
    this.keyed = keyed;
    eighth = Math.max(1, limits.expireMillis() / PARTS);
    running = new RunningTime(operator);
    limitState = operator.getUnionListState(new ListStateDescriptor<>("expire", Types.LONG));
    limitState.get().forEach(limitsBefore::add);
  }

  /**
   * Begins, before the first record: sets timers under the limit, where those in state are of
   * another one or of none. A model of which is not known when its key was seen last counts as seen
   * now.
   *
   * @param models the keys that have one
   */
  void begin(InternalTimerService<VoidNamespace> timers, KeptModels.Keys keys, String models) {
    running.begin(timers.currentProcessingTime());
    if (!limits.expires() || limitsBefore.equals(Set.of(limits.expireMillis()))) {
      return;
    }
    boolean known = !limitsBefore.isEmpty();
    each(keys, models, () -> setTimer(timers, known));
    if (known) { // those, too, whose keys were only asked for
      each(keys, STATE, () -> setTimer(timers, true));
    }
  }

  private void each(KeptModels.Keys keys, String state, OtherKey.Change change) {
    try (Stream<String> all = keys.of(state)) {
      all.forEach(key -> states.change(key, change));
    }
  }

  private void setTimer(InternalTimerService<VoidNamespace> timers, boolean known)
      throws IOException {
    Long last = known ? seen().value() : null;
    if (last == null) {
      last = roundedUp(running.at(timers.currentProcessingTime()));
      seen().update(last);
    }
    timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, due(last));
  }

  /** Notes that the current key, whose model this is, was seen. */
  void seen(KeyedModel model, InternalTimerService<VoidNamespace> timers) throws IOException {
    if (!limits.expires()) {
      return;
    }
    long now = roundedUp(running.at(timers.currentProcessingTime()));
    if (model.seen() == now) {
      return;
    }
    Long before = seen().value();
    if (before == null) {
      timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, due(now));
    }
    if (before == null || before < now) {
      seen().update(now);
    }
    model.seen(now);
  }

  /** The end of the eighth that a time is in; of the one before, when the clock was put back. */
  private long roundedUp(long time) {
    if (time >= eighthEnd) {
      eighthEnd = (time / eighth + 1) * eighth;
    }
    return eighthEnd;
  }

  /** Whether the model of the timer's key, which is the current one, is to be forgotten. */
  boolean isDue(
      InternalTimer<String, VoidNamespace> timer, InternalTimerService<VoidNamespace> timers)
      throws IOException {
    if (!limits.expires()) {
      seen().clear(); // or the key would be taken for one that has a timer, if they expire again
      return false;
    }
    Long last = seen().value();
    if (last == null) {
      return false;
    }
    if (due(last) > timer.getTimestamp()) {
      timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, due(last));
      return false;
    }
    seen().clear();
    return true;
  }

  /** By the machine's clock; later than it was thought, when the job has stopped since. */
  private long due(long last) {
    return running.clockAt(last + limits.expireMillis());
  }

  /** Forgets when a key was seen, whose model is gone already: its timer comes to nothing. */
  void forget(String key) {
    if (limits.expires()) {
      states.change(key, () -> seen().clear());
    }
  }

  /**
   * Says under which limit timers were set, and for how long the job ran.
   *
   * @param now milliseconds of the machine's clock
   */
  void snapshot(long now) throws Exception {
    running.snapshot(limits.expires(), now);
    limitState.update(limits.expires() ? List.of(limits.expireMillis()) : List.of());
  }

  /** Where nothing expires and nothing did, no state backend needs to know of it. */
  private ValueState<Long> seen() {
    if (seen == null) {
      seen = keyed.getState(new ValueStateDescriptor<>(STATE, Types.LONG));
    }
    return seen;
  }
}
