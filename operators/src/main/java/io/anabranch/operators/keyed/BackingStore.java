package io.anabranch.operators.keyed;

import java.util.Optional;

/** Where the entries of a {@link ModelCache} live when they are not on the heap. */
public interface BackingStore<K, V> {

  /** Reads what was last stored under a key. */
  Optional<V> load(K key);

  /** Writes a value; the cache may go on changing it. */
  void store(K key, V value);

  /** Forgets what was stored under a key. */
  void remove(K key);

  /**
   * Says now and then that a barrier is near: what would hold it up can be done before.
   *
   * @param nanos until it is expected; less than 0 when it is overdue
   */
  default void barrierNear(long nanos) {}
}
