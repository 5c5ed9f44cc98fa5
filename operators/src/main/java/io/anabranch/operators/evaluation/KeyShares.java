package io.anabranch.operators.evaluation;

import io.anabranch.operators.record.KeyCounts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which keys have how much of all of a learner's records, lately: each key is counted by the one
 * subtask that owns it, here their counts come together. Memory: O({@link #MOST_KEYS}).
 */
final class KeyShares {
  /** A key with less of all records is not told of. */
  static final double LEAST_SHARE = 0.05;

  private static final int MOST_KEYS = 256;
  private static final long MEMORY = 1 << 17;

  private final Map<String, Double> byKey = new HashMap<>();
  private double records;

  /** Adds what a subtask counted. */
  void add(KeyCounts counts) {
    records += counts.records();
    counts.byKey().forEach((key, count) -> byKey.merge(key, (double) count, Double::sum));
    if (records > MEMORY) {
      double rest = MEMORY / 2 / records;
      records *= rest;
      byKey.replaceAll((key, count) -> count * rest);
      byKey.values().removeIf(count -> count < LEAST_SHARE / 10 * records);
    }
    if (byKey.size() > MOST_KEYS) {
      byKey.values().stream()
          .sorted(Comparator.reverseOrder())
          .skip(MOST_KEYS / 2)
          .findFirst()
          .ifPresent(bound -> byKey.values().removeIf(count -> count <= bound));
    }
  }

  int size() {
    return byKey.size();
  }

  /** The hot keys with their shares of all records. */
  SortedMap<String, Double> shares() {
    SortedMap<String, Double> shares = new TreeMap<>();
    byKey.forEach(
        (key, count) -> {
          if (count >= LEAST_SHARE * records) {
            shares.put(key, count / records);
          }
        });
    return shares;
  }
}
