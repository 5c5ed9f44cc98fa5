package io.anabranch.local.draft;

import io.anabranch.models.data.TargetType;
import java.util.List;
import java.util.Optional;

/**
 * What the user has said of a file; the rest is guessed.
 *
 * @param exclude fields that shall be no features
 * @param learners learner types; empty for all that fit
 * @param window scored examples per window
 */
public record DraftOptions(
    Optional<String> target,
    Optional<TargetType> type,
    Optional<String> positive,
    Optional<String> id,
    Optional<String> key,
    Optional<String> time,
    List<String> exclude,
    List<String> learners,
    Optional<Integer> window) {
  /** Copies the lists. */
  public DraftOptions {
    exclude = List.copyOf(exclude);
    learners = List.copyOf(learners);
  }
}
