package io.anabranch.local.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a learner came to.
 *
 * @param baseline whether it is one of those that others have to beat
 * @param models how many models it has, one per key
 * @param examples examples learned
 * @param scored predictions scored
 * @param figures those of all scored predictions, by name
 * @param curve the windows, in order
 */
public record LearnerFigures(
    String id,
    String type,
    boolean baseline,
    int models,
    long examples,
    long scored,
    SortedMap<String, Double> figures,
    List<Window> curve) {
  /** Copies the list. */
  public LearnerFigures {
    curve = List.copyOf(curve);
  }

  /**
   * A stretch of the stream.
   *
   * @param scored predictions scored within it
   * @param figures those of these predictions
   */
  public record Window(long scored, SortedMap<String, Double> figures) {}

  /** A figure over all scored predictions; empty when it is undefined. */
  public Optional<Double> figure(String name) {
    return Optional.ofNullable(figures.get(name));
  }
}
