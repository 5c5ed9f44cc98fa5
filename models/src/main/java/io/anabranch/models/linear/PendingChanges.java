package io.anabranch.models.linear;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import java.util.Arrays;

/**
 * Which lines of a table changed since the last shipment, and from what: one compact list of
 * 16-byte entries {line, u, n, moved}, appended when a line is first changed. Later changes of the
 * line need no visit here: what is pending is the difference between the line and its entry.
 *
 * <p>A line remembers its entry's number. Numbers are never used twice (before 2^30 of them), so a
 * number from before the last shipment is too small to be pending, and forgetting all is one
 * assignment. {@code moved} corrects for truth that arrived in between: Σ Δn (n then − n now).
 *
 * <p>Memory: O(lines changed between two shipments).
 */
final class PendingChanges {
  static final int ENTRY = 4;
  static final int U = 1;
  static final int N = 2;
  private static final int MOVED = 3;
  private static final int LAST_NUMBER = 1 << 30;

  private int[] entries = new int[64 * ENTRY];
  private int first;
  private int size;

  PendingChanges() {
    this(1);
  }

  PendingChanges(int first) {
    this.first = first;
  }

  /** The live entries; replaced when room is made. */
  int[] entries() {
    return entries;
  }

  /** The number of the first entry; a line that remembers a smaller one is not pending. */
  int first() {
    return first;
  }

  int size() {
    return size;
  }

  /** Tells how many entries there are, after some were written. */
  void size(int count) {
    size = count;
  }

  /** Makes room for {@code more} entries and one to scribble on. */
  void reserve(int more) {
    int needed = Math.multiplyExact(size + more + 1, ENTRY);
    if (needed > entries.length) {
      entries = Arrays.copyOf(entries, Math.max(needed, 2 * entries.length));
    }
  }

  /** Sets a line to new truth and what is pending on top of it. */
  void rebase(int[] table, int line, float truthU, float truthN) {
    int number = table[line + CoordinateTable.EXTRA];
    float u = truthU;
    float n = truthN;
    if (number >= first) {
      int at = (number - first) * ENTRY;
      float deltaN = read(table, line + CoordinateTable.N) - read(entries, at + N);
      u += read(table, line + CoordinateTable.U) - read(entries, at + U);
      n = FtrlStep.sum(n, deltaN);
      float moved = read(entries, at + MOVED) + deltaN * (read(entries, at + N) - truthN);
      write(entries, at + U, truthU);
      write(entries, at + N, truthN);
      write(entries, at + MOVED, moved);
    }
    write(table, line + CoordinateTable.U, u);
    write(table, line + CoordinateTable.N, n);
  }

  /** Adds to the truth under a line, and so to the line. */
  void shift(int[] table, int line, float deltaU, float deltaN) {
    int number = table[line + CoordinateTable.EXTRA];
    boolean pending = number >= first;
    int from = pending ? (number - first) * ENTRY : line;
    int[] base = pending ? entries : table;
    // Both keep u and n at the same places.
    float u = read(base, from + U) + deltaU;
    float n = FtrlStep.sum(read(base, from + N), deltaN);
    rebase(table, line, u, n);
  }

  /** Hands everything over to the batches of its shards and forgets it. */
  void drain(int[] table, CoordinateBatch[] perShard, ExchangeShape shape) {
    drain(size, table, perShard, shape);
    renumber(size, table);
    size = 0;
  }

  /** The same of the changes that move u most; a fraction of {@code hold} stays. */
  void drainLargest(int[] table, CoordinateBatch[] perShard, ExchangeShape shape, double hold) {
    float[] sample = new float[LargestChanges.sampleOf(size)];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = moved(table, LargestChanges.sampled(i, sample.length, size) * ENTRY);
    }
    float least = LargestChanges.least(sample, hold);
    int all = size;
    int leaving = 0;
    for (int i = 0; i < all; i++) {
      if (moved(table, i * ENTRY) >= least) {
        swap(i, leaving++);
      }
    }
    drain(leaving, table, perShard, shape);
    size = all - leaving;
    System.arraycopy(entries, leaving * ENTRY, entries, 0, size * ENTRY);
    renumber(all, table);
    for (int i = 0; i < size; i++) {
      table[entries[i * ENTRY] + CoordinateTable.EXTRA] = first + i;
    }
  }

  private float moved(int[] table, int at) {
    return Math.abs(read(table, entries[at] + CoordinateTable.U) - read(entries, at + U));
  }

  private void swap(int one, int other) {
    for (int at = one * ENTRY, with = other * ENTRY; with < (other + 1) * ENTRY; at++, with++) {
      int there = entries[with];
      entries[with] = entries[at];
      entries[at] = there;
    }
  }

  /** Hands over the first entries, which hold nothing of use afterwards. */
  private void drain(int count, int[] table, CoordinateBatch[] perShard, ExchangeShape shape) {
    subtract(entries, count * ENTRY, table);
    for (int at = 0; at < count * ENTRY; at += ENTRY) {
      CoordinateBatch batch = perShard[shape.shardOf(entries[at])];
      int to = batch.add(entries[at]);
      float[] values = batch.values();
      values[to] = read(entries, at + U);
      values[to + 1] = read(entries, at + N);
      values[to + 2] = read(entries, at + MOVED);
    }
  }

  /** No line is pending after this. */
  private void renumber(int used, int[] table) {
    first += used;
    if (first > LAST_NUMBER) {
      for (int line = 0; line < table.length; line += CoordinateTable.LINE) {
        table[line + CoordinateTable.EXTRA] = 0;
      }
      first = 1;
    }
  }

  /** Makes {coordinate, Δu, Δn, n̄} of the entries: a tight loop, so that cache misses overlap. */
  private static void subtract(int[] entries, int end, int[] table) {
    for (int at = 0; at < end; at += ENTRY) {
      int line = entries[at];
      entries[at] = table[line] - 1;
      float base = read(entries, at + N);
      float deltaN = read(table, line + CoordinateTable.N) - base;
      write(entries, at + U, read(table, line + CoordinateTable.U) - read(entries, at + U));
      write(entries, at + N, deltaN);
      float moved = read(entries, at + MOVED);
      // Usually no truth arrived meanwhile: a division less.
      write(entries, at + MOVED, moved != 0 && deltaN > 0 ? base + moved / deltaN : base);
    }
  }

  /** Lets the table grow, which moves its lines. */
  void grow(CoordinateTable table, int more, int numbers) {
    int[] lines = table.lines();
    for (int at = 0; at < size * ENTRY; at += ENTRY) {
      entries[at] = lines[entries[at]] - 1;
    }
    table.reserveWithoutZeros(more, numbers, first);
    for (int at = 0; at < size * ENTRY; at += ENTRY) {
      entries[at] = table.find(entries[at]);
    }
  }

  private static float read(int[] floats, int at) {
    return Float.intBitsToFloat(floats[at]);
  }

  private static void write(int[] floats, int at, float value) {
    floats[at] = Float.floatToRawIntBits(value);
  }
}
