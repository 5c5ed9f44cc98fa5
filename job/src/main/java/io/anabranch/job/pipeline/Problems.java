package io.anabranch.job.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, so that all of them are reported at once. */
final class Problems {
  private final List<Found> found = new ArrayList<>();

  private record Found(int order, Problem problem) {}

  void add(Origin origin, String path, String rule) {
    found.add(new Found(origin.order(), origin.problem(path, rule)));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** All problems in the file's order; those of options come last. */
  PipelineException toException() {
    return new PipelineException(
        found.stream()
            .sorted(Comparator.comparingInt(Found::order))
            .map(Found::problem)
            .distinct()
            .toList());
  }
}
