package io.anabranch.operators.keyed;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * The machine's clock without the time in which the job did not run: between a checkpoint and its
 * restore it stands still. Time of an earlier build, which knew of no stops, reads the same.
 *
 * <p>Subtasks see a stop by clocks of their own; after the next one all go on from the longest.
 */
final class RunningTime {
  private final ListState<Tuple2<Long, Long>> state;
  private boolean kept;
  private long stopped;
  private long last = Long.MAX_VALUE;

  /** Takes over what was known of earlier stops. */
  RunningTime(OperatorStateStore store) throws Exception {
    state =
        store.getUnionListState(
            new ListStateDescriptor<>("running", Types.TUPLE(Types.LONG, Types.LONG)));
    for (Tuple2<Long, Long> before : state.get()) {
      stopped = Math.max(stopped, before.f0);
      last = kept ? Math.max(last, before.f1) : before.f1;
      kept = true;
    }
  }

  /**
   * Begins; once, before all else.
   *
   * @param now milliseconds of the machine's clock, here and below
   */
  void begin(long now) {
    stopped += Math.max(0, now - last);
  }

  /** The running time at a time of the clock, milliseconds. */
  long at(long now) {
    return now - stopped;
  }

  /** What the clock will say at a running time, unless the job stops before. */
  long clockAt(long running) {
    return running + stopped;
  }

  /** Keeps the stops, if there is a use for it. */
  void snapshot(boolean used, long now) throws Exception {
    kept |= used;
    state.update(kept ? List.of(Tuple2.of(stopped, now)) : List.of());
  }
}
