package io.anabranch.models.evidence;

import java.util.Arrays;

/** A set of slots that is emptied at once: each remembers in which round it was marked. */
final class SlotMarks {
  private int[] rounds = new int[4];
  private int round = 1;

  /** Empties the set. */
  void clear() {
    if (++round == Integer.MAX_VALUE) {
      Arrays.fill(rounds, 0);
      round = 1;
    }
  }

  void mark(int slot) {
    if (slot >= rounds.length) {
      rounds = Arrays.copyOf(rounds, Math.max(slot + 1, 2 * rounds.length));
    }
    rounds[slot] = round;
  }

  boolean has(int slot) {
    return slot >= 0 && slot < rounds.length && rounds[slot] == round;
  }
}
