package io.anabranch.models.learner;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;

/**
 * A model that learns one example at a time. Single-threaded, without clock and I/O;
 * test-then-train is the caller's order.
 */
public interface Learner {

  /** Predicts without changing anything. */
  void predict(Example example, Prediction into);

  /** Learns from a labelled example. */
  void learn(Example example);

  /** How many examples this model has learned from. */
  long examples();
}
