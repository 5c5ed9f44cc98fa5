package io.anabranch.operators.flink;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Flink's keys of virtual shards: numbers chosen so that their hashes fall into key groups that are
 * evenly apart, and the shards therefore spread evenly over any number of subtasks. (A custom
 * partitioner would do the same, but Flink refuses those together with unaligned checkpoints.)
 */
public final class ShardKeys {
  /** The fixed maximum parallelism: the number of key groups. */
  public static final int KEY_GROUPS = 128;

  private ShardKeys() {}

  /** The key of each of {@code shards} shards, by index. */
  public static int[] of(int shards) {
    int[] keys = new int[shards];
    int[] candidate = new int[KEY_GROUPS];
    for (int shard = 0; shard < shards; shard++) {
      int group = groupOf(shard, shards);
      while (groupOf(candidate[group]) != group) {
        candidate[group]++;
      }
      keys[shard] = candidate[group]++;
    }
    return keys;
  }

  /** The subtask that holds a key. */
  public static int subtaskOf(int key, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, KEY_GROUPS, parallelism);
  }

  /**
   * Rounded up where there are fewer shards than groups, as Flink rounds up where the range of a
   * subtask begins: of k shards on k subtasks each then has one.
   */
  private static int groupOf(int shard, int shards) {
    long place = (long) shard * KEY_GROUPS;
    return (int) (shards <= KEY_GROUPS ? (place + shards - 1) / shards : place / shards);
  }

  private static int groupOf(int key) {
    return KeyGroupRangeAssignment.assignToKeyGroup(key, KEY_GROUPS);
  }
}
