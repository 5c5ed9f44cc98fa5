package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads texts as the pipeline file {@code elec2.yaml}. */
final class PipelineText {
  static final String MINIMAL =
      """
      pipeline: elec2
      input: {topic: elec2.features}
      target: {field: class, type: binary, positive: "1"}
      learners:
        - {id: lr, type: logistic-regression}
      """;

  private Map<String, String> environment = Map.of();

  void environment(Map<String, String> variables) {
    environment = variables;
  }

  Pipeline read(String yaml, String... sets) throws PipelineException {
    return PipelineFile.read(
        "elec2.yaml",
        yaml,
        List.of(sets),
        name -> Optional.ofNullable(environment.get(name)),
        StubLearners.registry());
  }

  List<String> problems(String yaml, String... sets) {
    PipelineException exception =
        catchThrowableOfType(PipelineException.class, () -> read(yaml, sets));
    assertThat(exception).as("a problem in " + yaml).isNotNull();
    return exception.problems().stream().map(Problem::toString).toList();
  }
}
