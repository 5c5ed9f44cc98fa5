package io.anabranch.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** From when records are due to their predictions, by subtask; the hot key's apart. */
final class KeyLatency {
  private static KeyLatency current = new KeyLatency();

  private final List<Subtask> subtasks = new ArrayList<>();

  /** What one subtask saw; written by its thread alone, read when the job has ended. */
  static final class Subtask {
    private long[] nanos = new long[1 << 16];
    private int count;
    private boolean hot;

    void add(String key, long taken) {
      if (key.equals(KeyedRows.HOT)) {
        hot = true;
        return;
      }
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = taken;
    }
  }

  /** What is measured from now on. */
  static synchronized KeyLatency begin() {
    current = new KeyLatency();
    return current;
  }

  static synchronized Subtask join() {
    Subtask subtask = new Subtask();
    current.subtasks.add(subtask);
    return subtask;
  }

  /** Milliseconds that this share of the other keys' records took at most. */
  double others(double share) {
    return millis(subtasks, share);
  }

  /** Of those in the hot key's subtask. */
  double beside(double share) {
    return millis(subtasks.stream().filter(subtask -> subtask.hot).toList(), share);
  }

  /** Of those in other subtasks. */
  double elsewhere(double share) {
    return millis(subtasks.stream().filter(subtask -> !subtask.hot).toList(), share);
  }

  /** The first tenth is left out: code is compiled and models are made meanwhile. */
  private static double millis(List<Subtask> of, double share) {
    long[] sorted =
        of.stream()
            .flatMapToLong(s -> LongStream.of(s.nanos).limit(s.count).skip(s.count / 10))
            .sorted()
            .toArray();
    return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }
}
