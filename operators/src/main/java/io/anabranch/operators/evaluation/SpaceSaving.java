package io.anabranch.operators.evaluation;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys that come most often, by a fixed number of counters.
 *
 * <pre>
 * a key with a counter: c ← c + 1;   another one takes the least counter: ε ← c, c ← c + 1
 * c − ε ≤ true count ≤ c,   every key of more than N / m has a counter (m counters, N keys seen)
 * </pre>
 *
 * Memory: O(m). Metwally, Agrawal and El Abbadi 2005, "Efficient computation of frequent and top-k
 * elements in data streams", algorithm 1; the least counter is found by looking at all of them,
 * since those who count sample. {@link #halve} is not in the paper: it lets the past fade.
 */
final class SpaceSaving {
  private final String[] keys;
  private final long[] counts;
  private final long[] errors;
  private final Map<String, Integer> slots;
  private long total;

  /**
   * An empty one.
   *
   * @param counters how many, at least 1
   */
  SpaceSaving(int counters) {
    keys = new String[counters];
    counts = new long[counters];
    errors = new long[counters];
    slots = new HashMap<>(2 * counters);
  }

  /** Counts a key. */
  void add(String key) {
    total++;
    Integer slot = slots.get(key);
    if (slot == null) {
      slot = slots.size() < keys.length ? slots.size() : replaceLeast();
      keys[slot] = key;
      slots.put(key, slot);
    }
    counts[slot]++;
  }

  private int replaceLeast() {
    int least = 0;
    for (int i = 1; i < counts.length; i++) {
      if (counts[i] < counts[least]) {
        least = i;
      }
    }
    slots.remove(keys[least]);
    errors[least] = counts[least];
    return least;
  }

  /** Counts all that was seen as half as much. */
  void halve() {
    total /= 2;
    for (int i = 0; i < counts.length; i++) {
      errors[i] = (errors[i] + 1) / 2;
      counts[i] = Math.max(errors[i], counts[i] / 2);
    }
  }

  /** How many keys were counted. */
  long total() {
    return total;
  }

  /** The keys that certainly have this share, by name, with the share that they certainly have. */
  SortedMap<String, Double> shares(double least) {
    SortedMap<String, Double> shares = new TreeMap<>();
    for (Map.Entry<String, Integer> slot : slots.entrySet()) {
      double share = (counts[slot.getValue()] - errors[slot.getValue()]) / (double) total;
      if (share >= least) {
        shares.put(slot.getKey(), share);
      }
    }
    return shares;
  }

  /** The share that the most frequent key certainly has; 0 before the first. */
  double largestShare() {
    long most = 0;
    for (int i = 0; i < slots.size(); i++) {
      most = Math.max(most, counts[i] - errors[i]);
    }
    return total == 0 ? 0 : most / (double) total;
  }
}
