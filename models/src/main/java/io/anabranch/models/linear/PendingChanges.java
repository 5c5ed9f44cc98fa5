package io.anabranch.models.linear;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import java.util.Arrays;

/**
 * What a replica changed and has not shipped: one compact list of 16-byte entries {coordinate, Δu,
 * Δn, Σ g²·n}. A line of the table remembers a position here, which holds only as long as the entry
 * there names the same coordinate; so forgetting all is setting the size to 0, without a visit to
 * the table. Memory: O(coordinates touched between two shipments).
 */
final class PendingChanges {
  static final int ENTRY = 4;
  static final int DELTA_U = 1;
  static final int DELTA_N = 2;
  static final int SEEN = 3;

  private int[] entries = new int[64 * ENTRY];
  private int size;

  int[] entries() {
    return entries;
  }

  /** Where the entry of a coordinate begins whose line remembers {@code position}, or -1. */
  int find(int position, int coordinate) {
    return position < size && entries[position * ENTRY] == coordinate ? position * ENTRY : -1;
  }

  /** Makes room for {@code more} entries. */
  void reserve(int more) {
    if ((size + more) * ENTRY > entries.length) {
      entries = Arrays.copyOf(entries, Math.max((size + more) * ENTRY, 2 * entries.length));
    }
  }

  /** Appends an empty entry and returns its position; room must have been reserved. */
  int append(int coordinate) {
    int at = size * ENTRY;
    entries[at] = coordinate;
    entries[at + DELTA_U] = 0;
    entries[at + DELTA_N] = 0;
    entries[at + SEEN] = 0;
    return size++;
  }

  /** Hands everything over to the batches of its shards and forgets it. */
  void drain(CoordinateBatch[] perShard, ExchangeShape shape) {
    for (int at = 0; at < size * ENTRY; at += ENTRY) {
      int coordinate = entries[at];
      CoordinateBatch batch = perShard[shape.shardOf(coordinate)];
      int to = batch.add(coordinate);
      float deltaN = Float.intBitsToFloat(entries[at + DELTA_N]);
      float seen = Float.intBitsToFloat(entries[at + SEEN]);
      float[] values = batch.values();
      values[to] = Float.intBitsToFloat(entries[at + DELTA_U]);
      values[to + 1] = deltaN;
      values[to + 2] = deltaN > 0 ? Math.min(Float.MAX_VALUE, seen / deltaN) : Float.MAX_VALUE;
    }
    size = 0;
  }
}
