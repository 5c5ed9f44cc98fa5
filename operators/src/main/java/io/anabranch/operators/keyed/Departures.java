package io.anabranch.operators.keyed;

/**
 * The keys that left a cache last, by their hashes. One may be forgotten early for another that has
 * the same place, and a key may be taken for another one: either costs a little of the hit ratio.
 */
final class Departures {
  private static final int PLACES_EACH = 4;
  private static final int FEWEST_PLACES = 64;
  private static final int MOST_PLACES = 1 << 28;

  private int[] hashes = new int[FEWEST_PLACES];
  private int[] times = new int[FEWEST_PLACES];
  // Far from the time in places where nothing was put yet.
  private int now = Integer.MIN_VALUE / 2;

  /**
   * Notes that a key left.
   *
   * @param most how many are remembered
   */
  void add(Object key, int most) {
    while (hashes.length < PLACES_EACH * (long) most && hashes.length < MOST_PLACES) {
      grow();
    }
    now++;
    put(spread(key), now);
  }

  /** Whether a key is among the last so many that left. */
  boolean contains(Object key, int most) {
    int hash = spread(key);
    int place = hash & hashes.length - 1;
    // By the difference it goes on when the numbers begin anew.
    int since = now - times[place];
    return hashes[place] == hash && since >= 0 && since < most;
  }

  private void grow() {
    int[] hashesBefore = hashes;
    int[] timesBefore = times;
    hashes = new int[2 * hashesBefore.length];
    times = new int[2 * hashesBefore.length];
    for (int i = 0; i < hashesBefore.length; i++) {
      put(hashesBefore[i], timesBefore[i]);
    }
  }

  private void put(int hash, int time) {
    int place = hash & hashes.length - 1;
    hashes[place] = hash;
    times[place] = time;
  }

  /** By the end of MurmurHash3: the hashes of strings that are numbered are so, too. */
  private static int spread(Object key) {
    int hash = key.hashCode();
    hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
    hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
    return hash ^ hash >>> 16;
  }
}
