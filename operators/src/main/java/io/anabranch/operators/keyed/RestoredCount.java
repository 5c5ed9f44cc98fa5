package io.anabranch.operators.keyed;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/** A count that no restart makes less: what the subtasks count is dealt among those to come. */
final class RestoredCount {
  private final ListState<Long> state;
  private long count;

  /** Takes up what was counted under a name. */
  RestoredCount(String name, OperatorStateStore store) throws Exception {
    state = store.getListState(new ListStateDescriptor<>(name, Types.LONG));
    for (long counted : state.get()) {
      count += counted;
    }
  }

  void increment() {
    count++;
  }

  long count() {
    return count;
  }

  void snapshot() throws Exception {
    state.update(List.of(count));
  }
}
