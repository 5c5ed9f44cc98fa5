package io.anabranch.operators.keyed;

import io.anabranch.operators.flink.GroupKeys;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * What is known of keys and key groups, in Flink's keyed state. The queue and the ledger of a group
 * stand under a key that is not one of the stream's, and move with the group.
 */
final class KeyedRecords implements KeyRecords {
  private final OtherKey states;
  private final Function<String, Optional<KeyedModel>> onHeap;
  private final ValueState<long[]> lives;
  private final MapState<Long, String> queue;
  private final ValueState<long[]> ledgerState;
  private final String[] groupKeys;
  private final KeyGroupRange range;
  private final GroupLedger[] ledgers;

  /**
   * The records of a subtask.
   *
   * @param onHeap a model that is on the heap: it knows what its key's state says
   */
  KeyedRecords(
      OtherKey states,
      KeyedStateStore store,
      Function<String, Optional<KeyedModel>> onHeap,
      TaskInfo task) {
    this.states = states;
    this.onHeap = onHeap;
    int groups = task.getMaxNumberOfParallelSubtasks();
    range =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            groups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
    lives = store.getState(numbers("life"));
    ledgerState = store.getState(numbers("ledger"));
    queue = store.getMapState(new MapStateDescriptor<>("queue", Types.LONG, Types.STRING));
    groupKeys = GroupKeys.of(groups);
    ledgers = new GroupLedger[range.getNumberOfKeyGroups()];
  }

  private static ValueStateDescriptor<long[]> numbers(String name) {
    return new ValueStateDescriptor<>(name, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  /** Takes up the ledgers. */
  void restore() {
    for (int group : range) {
      long[] state = states.read(groupKeys[group], ledgerState::value);
      ledgers[group - range.getStartKeyGroup()] =
          state == null ? GroupLedger.fresh(group) : GroupLedger.decode(group, state);
    }
  }

  /** The ledger of a key's group. */
  GroupLedger ledger(String key) {
    return ledgers[GroupKeys.groupOf(key, groupKeys.length) - range.getStartKeyGroup()];
  }

  /** All ledgers of this subtask. */
  List<GroupLedger> ledgers() {
    return List.of(ledgers);
  }

  /** Writes the ledgers that changed. */
  void snapshot() {
    for (GroupLedger ledger : ledgers) {
      if (ledger.takeChanged()) {
        states.change(groupKeys[ledger.group()], () -> ledgerState.update(ledger.encode()));
      }
    }
  }

  @Override
  public Optional<KeyLife> life(String key) {
    Optional<KeyedModel> model = onHeap.apply(key);
    return model.isPresent()
        ? model.map(KeyedModel::life)
        : Optional.ofNullable(states.read(key, lives::value)).map(KeyLife::decode);
  }

  @Override
  public void life(String key, KeyLife life) {
    states.change(key, () -> lives.update(life.encode()));
    onHeap.apply(key).ifPresent(model -> model.life(life));
  }

  /** Forgets what is known of a key. */
  void remove(String key) {
    states.change(key, lives::clear);
  }

  @Override
  public void put(int group, long ticket, String key) {
    states.change(groupKeys[group], () -> queue.put(ticket, key));
  }

  @Override
  public Optional<String> take(int group, long ticket) {
    return Optional.ofNullable(
        states.read(
            groupKeys[group],
            () -> {
              String key = queue.get(ticket);
              if (key != null) {
                queue.remove(ticket);
              }
              return key;
            }));
  }
}
