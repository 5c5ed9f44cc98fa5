package io.anabranch.local.evaluate;

import io.anabranch.models.data.TargetType;
import java.util.List;
import java.util.Optional;

/**
 * What an evaluation found.
 *
 * @param target what was predicted
 * @param window scored examples per point of a learning curve
 * @param records decoded records, dead letters not among them
 * @param deadLetters records that could not be used
 * @param firstDeadLetter where the first of them was and why
 * @param unlabelled decoded records without a label
 * @param seconds of reading, predicting and learning
 * @param succession how the labels follow each other
 * @param learners the best first
 */
public record EvaluationResult(
    String name,
    TargetType target,
    int window,
    long records,
    long deadLetters,
    Optional<String> firstDeadLetter,
    long unlabelled,
    double seconds,
    LabelSuccession succession,
    List<LearnerFigures> learners) {
  /** Copies the list. */
  public EvaluationResult {
    learners = List.copyOf(learners);
  }

  /** Records per second, dead letters among them. */
  public double recordsPerSecond() {
    return seconds > 0 ? (records + deadLetters) / seconds : 0;
  }
}
