package io.anabranch.operators.flink;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Texts that can be the current key of an operator when it keeps something of a whole key group:
 * one that Flink counts among each group, so that the state moves with the group.
 */
public final class GroupKeys {
  private GroupKeys() {}

  /** A key of each of {@code groups} key groups, by group. */
  public static String[] of(int groups) {
    String[] keys = new String[groups];
    int missing = groups;
    for (int candidate = 0; missing > 0; candidate++) {
      String key = "key-group-" + candidate;
      int group = groupOf(key, groups);
      if (keys[group] == null) {
        keys[group] = key;
        missing--;
      }
    }
    return keys;
  }

  /** The key group of a key. */
  public static int groupOf(String key, int groups) {
    return KeyGroupRangeAssignment.assignToKeyGroup(key, groups);
  }
}
