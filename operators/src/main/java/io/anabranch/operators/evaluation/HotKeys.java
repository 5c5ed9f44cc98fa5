package io.anabranch.operators.evaluation;

import io.anabranch.operators.record.KeyCounts;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Which keys a subtask sees most, lately. One record in eight is looked at, at random distances, so
 * that no rhythm of the stream hides a key; after some 33,000 records the past counts half. Not
 * state: it is found again as soon as there are records.
 */
public final class HotKeys {
  /** A key with less of a subtask's records is not hot. */
  static final double LEAST_SHARE = 0.02;

  private static final int COUNTERS = 128;
  private static final int ONE_IN = 8;
  private static final int MEMORY = 1 << 13;
  // Of fewer, a few of one key say nothing: the first 2,000 records or so.
  private static final int LEAST_SAMPLE = 1 << 8;

  private final SpaceSaving sketch = new SpaceSaving(COUNTERS);
  private final SplittableRandom random;
  private int skip;
  private long seen;
  private volatile double hottest;

  /** One that has seen nothing. */
  public HotKeys(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Counts a record of a key. */
  public void seen(String key) {
    seen++;
    if (skip-- > 0) {
      return;
    }
    skip = random.nextInt(2 * ONE_IN - 1); // ONE_IN - 1 on average
    sketch.add(key);
    if (sketch.total() >= MEMORY) {
      sketch.halve();
    }
    if (sketch.total() % LEAST_SAMPLE == 0) {
      hottest = sketch.largestShare();
    }
  }

  /** The share of this subtask's records that the most frequent key has; any thread may ask. */
  public double hottest() {
    return hottest;
  }

  /**
   * The keys that have this share of this subtask's records; none before enough were seen.
   *
   * @param looks how many of a key's records must have been looked at lately, at least
   */
  public Set<String> keys(double least, int looks) {
    return sketch.total() < LEAST_SAMPLE
        ? Set.of()
        : sketch.shares(Math.max(least, looks / (double) sketch.total())).keySet();
  }

  /** How many records there were since this was asked last, and how many of each hot key. */
  public KeyCounts take() {
    if (seen == 0) {
      return KeyCounts.NONE;
    }
    Map<String, Long> counts = new TreeMap<>();
    long records = seen;
    if (sketch.total() >= LEAST_SAMPLE) {
      sketch
          .shares(LEAST_SHARE)
          .forEach((key, share) -> counts.put(key, Math.round(share * records)));
    }
    seen = 0;
    return new KeyCounts(records, counts);
  }
}
