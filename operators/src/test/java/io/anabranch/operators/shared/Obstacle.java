package io.anabranch.operators.shared;

import java.io.Serializable;

/** What happens to the one who decodes a number. */
interface Obstacle extends Serializable {
  /** Nothing. */
  Obstacle NONE = number -> {};

  /** Called before each number is decoded; may fail, may wait. */
  void at(long number);
}
