package io.anabranch.operators.keyed;

import io.anabranch.models.learner.Learner;

/** The model of one key on the heap, and what is known of the key. */
final class KeyedModel {
  private final Learner learner;
  private KeyLife life;
  private boolean entered;

  /**
   * A model.
   *
   * @param entered whether the key is among those that have a model in state
   */
  KeyedModel(Learner learner, KeyLife life, boolean entered) {
    this.learner = learner;
    this.life = life;
    this.entered = entered;
  }

  Learner learner() {
    return learner;
  }

  /** Grows with each update, and goes on where a forgotten model of the key may have been. */
  long version() {
    return life.base() + learner.examples();
  }

  KeyLife life() {
    return life;
  }

  void life(KeyLife changed) {
    life = changed;
  }

  boolean entered() {
    return entered;
  }

  void enter(KeyLife changed) {
    life = changed;
    entered = true;
  }
}
