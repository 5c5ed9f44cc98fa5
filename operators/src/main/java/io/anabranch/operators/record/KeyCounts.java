package io.anabranch.operators.record;

import java.util.Map;

/**
 * How many records a subtask saw, and how many of them were of the keys that come most.
 *
 * @param records all of them
 * @param byKey about how many were of a key; the hot ones only
 */
public record KeyCounts(long records, Map<String, Long> byKey) {
  /** Nothing was counted by key. */
  public static final KeyCounts NONE = new KeyCounts(0, Map.of());

  /** Copies the map. */
  public KeyCounts {
    byKey = Map.copyOf(byKey);
  }
}
