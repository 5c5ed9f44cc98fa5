package io.anabranch.operators.exchange;

import java.util.BitSet;

/** The trainers that were heard of in this epoch; shared by the shards of one subtask. */
public final class TrainerRoster {
  private final BitSet heard = new BitSet();
  private int active;

  /** Notes a trainer. */
  public void heard(int trainer) {
    if (!heard.get(trainer)) {
      heard.set(trainer);
      active++;
    }
  }

  /** How many trainers are sending deltas; at least 1, as whoever asks has a delta at hand. */
  public int active() {
    return Math.max(1, active);
  }
}
