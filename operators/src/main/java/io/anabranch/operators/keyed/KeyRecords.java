package io.anabranch.operators.keyed;

import java.util.Optional;

/** Where it is kept what is known of keys, and the queues of the key groups. */
interface KeyRecords {

  /** What is known of a key; empty when it never entered. */
  Optional<KeyLife> life(String key);

  /** Keeps what is known of a key. */
  void life(String key, KeyLife life);

  /** Puts a key at a place of a group's queue. */
  void put(int group, long ticket, String key);

  /** Takes the key at a place out of a group's queue; empty when it left before. */
  Optional<String> take(int group, long ticket);
}
