package io.anabranch.models.learner;

/**
 * A model of sums alone: what several of them have learned apart adds up to what one would have
 * learned from all of their examples, whatever their order.
 */
public interface AdditiveLearner extends Learner {

  /**
   * Adds all that another model has learned, which stays as it is.
   *
   * @param other of the same type and settings, another one than this
   */
  void add(Learner other);
}
