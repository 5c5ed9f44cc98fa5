package io.anabranch.operators.keyed;

import io.anabranch.models.learner.Learner;
import org.jspecify.annotations.Nullable;

/**
 * The model of one key on the heap, and what is known of the key. A key that has not learned yet
 * has none of its own: what it would begin with predicts for it.
 */
final class KeyedModel {
  /** When it is not known here when the key was seen. */
  static final long NOT_SEEN = Long.MIN_VALUE;

  /** Of its objects, and of the cache's for it. */
  private static final long FIXED_BYTES = 1_024;

  /** Tables have room to grow, and lines where the format has none. */
  private static final long HEAP_PER_WRITTEN = 3;

  private @Nullable Learner own;
  private int written;
  private KeyLife life;
  private boolean entered;
  private long seen = NOT_SEEN;

  /** One of a key that has learned nothing. */
  KeyedModel(KeyLife life) {
    this.life = life;
  }

  /**
   * One that was in state.
   *
   * @param written how many bytes it was there
   * @param entered whether the key is among those that have a model in state
   */
  KeyedModel(Learner own, int written, KeyLife life, boolean entered) {
    this.own = own;
    this.written = written;
    this.life = life;
    this.entered = entered;
  }

  /** What predicts for the key. */
  Learner predicting(KeyStart start) {
    Learner own = this.own;
    return own == null ? start.known() : own;
  }

  /** What learns from the key's examples, from now on its own. */
  Learner learning(KeyStart start) {
    Learner own = this.own;
    if (own == null) {
      KeyStart.Own fresh = start.fresh().get();
      written = fresh.bytes();
      this.own = fresh.learner();
      return fresh.learner();
    }
    return own;
  }

  /** Its own model, which it has since it learned. */
  Learner own() {
    Learner own = this.own;
    if (own == null) {
      throw new IllegalStateException("a key that has not learned has no model of its own");
    }
    return own;
  }

  /** Whether there is something that could be forgotten. */
  boolean hasLearned() {
    return own != null && own.examples() > 0;
  }

  /** Grows with each update, and goes on where a forgotten model of the key may have been. */
  long version() {
    return life.base() + (own == null ? 0 : own.examples());
  }

  /** Says how many bytes it was when it was written last. */
  void written(int bytes) {
    written = bytes;
  }

  /** About how much of the heap it takes, by what it was when it was read or written last. */
  long heapBytes() {
    return heapBytes(written);
  }

  static long heapBytes(int written) {
    return FIXED_BYTES + HEAP_PER_WRITTEN * written;
  }

  KeyLife life() {
    return life;
  }

  void life(KeyLife changed) {
    life = changed;
  }

  /**
   * When the key was seen, as {@link KeyExpiry} counts time; {@link #NOT_SEEN} when only its state
   * knows. Never later than that says.
   */
  long seen() {
    return seen;
  }

  void seen(long time) {
    seen = time;
  }

  boolean entered() {
    return entered;
  }

  void enter(KeyLife changed) {
    life = changed;
    entered = true;
  }
}
