package io.anabranch.job.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/** A pipeline file that cannot be run; carries every problem found, in the file's order. */
public final class PipelineException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** Carries the problems; the message is one line each. */
  public PipelineException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All problems. */
  public List<Problem> problems() {
    return problems;
  }
}
