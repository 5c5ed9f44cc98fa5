package io.anabranch.models.linear;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The latest examples of a young model, so that it can learn from each of them several times. At
 * most {@link #MOST_ENTRIES} entries, about 1 KiB; a model that is no longer young holds none.
 */
final class Rehearsal {
  /** A model is young until it has learned from so many examples. */
  static final long YOUTH = 256;

  /** How many remembered examples are learned again after each new one. */
  static final int REPEATS = 16;

  static final int MOST_ENTRIES = 128;

  private final List<RememberedExample> latest = new ArrayList<>();
  private int entries;

  /** Remembers an example and forgets the oldest ones that there is no room for. */
  void add(RememberedExample example) {
    latest.add(example);
    entries += example.entries();
    while (entries > MOST_ENTRIES) {
      entries -= latest.remove(0).entries();
    }
  }

  /** The remembered example of a turn; turns go round. There must be one. */
  RememberedExample of(long turn) {
    return latest.get((int) (turn % latest.size()));
  }

  int size() {
    return latest.size();
  }

  /** From the oldest to the latest. */
  List<RememberedExample> latest() {
    return Collections.unmodifiableList(latest);
  }

  void forget() {
    latest.clear();
    entries = 0;
  }
}
