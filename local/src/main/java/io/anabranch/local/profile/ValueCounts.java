package io.anabranch.local.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each value was seen, up to a bound of different ones. Once there are more, those that
 * are known go on being counted and the others are not told apart. Memory: O(bound).
 */
public final class ValueCounts {
  private final int bound;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private boolean complete = true;

  ValueCounts(int bound) {
    this.bound = bound;
  }

  void add(String value) {
    if (counts.size() < bound || counts.containsKey(value)) {
      counts.merge(value, 1L, Long::sum);
    } else {
      complete = false;
    }
  }

  /** The counts, in the order in which the values were first seen. */
  public Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** How many different values there were; at least so many unless {@link #complete}. */
  public int distinct() {
    return counts.size();
  }

  /** How often the commonest value was seen; 0 for no value. */
  public long most() {
    return counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** Whether all values were told apart. */
  public boolean complete() {
    return complete;
  }
}
