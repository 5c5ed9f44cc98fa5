package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files that are no YAML, or not of the right form. */
class PipelineYamlTest {
  private final PipelineText file = new PipelineText();

  @Test
  void badYamlIsAProblemWithItsLine() {
    assertThat(file.problems("pipeline: x\ninput: {topic: [a\nseed: 1\n"))
        .singleElement()
        .asString()
        .startsWith("elec2.yaml:3: not valid YAML: ");
  }

  @Test
  void anEmptyFileIsAProblem() {
    String rule = "elec2.yaml: must be a section with the keys pipeline, input, target, learners";
    assertThat(file.problems("")).containsExactly(rule + ", got nothing");
    assertThat(file.problems("# only a comment\n")).containsExactly(rule + ", got nothing");
    assertThat(file.problems("- a\n")).containsExactly(rule + ", got a list");
    assertThat(file.problems("hello\n")).containsExactly(rule + ", got 'hello'");
  }

  @Test
  void aDuplicateKeyIsAProblem() {
    assertThat(file.problems(PipelineText.MINIMAL + "seed: 1\nseed: 2\n"))
        .containsExactly("elec2.yaml:7 seed: duplicate key 'seed', first on line 6");
  }

  @Test
  void theWrongKindOfNodeIsAProblem() {
    assertThat(
            file.problems(
                """
                pipeline: [elec2]
                input: elec2.features
                target: {field: {a: b}, type: binary, positive: "1"}
                learners: {id: lr}
                kafka: {properties: [a]}
                """))
        .containsExactly(
            "elec2.yaml:1 pipeline: must be a single value, got a list",
            "elec2.yaml:2 input: must be a section, got 'elec2.features'",
            "elec2.yaml:3 target.field: must be a single value, got a section",
            "elec2.yaml:4 learners: must be a list, got a section",
            "elec2.yaml:5 kafka.properties: must be a section, got a list");
  }

  @Test
  void anAliasMayRepeatButNotContainItself() throws Exception {
    assertThat(
            file.read(
                    PipelineText.MINIMAL
                        + "control: &topic c\noutput: {metrics: m}\nflink: {a: *topic}\n")
                .flink())
        .containsOnly(Map.entry("a", "c"));
    assertThat(file.problems(PipelineText.MINIMAL + "flink: &a {b: *a}\n"))
        .containsExactly("elec2.yaml:6 flink.b: an alias must not contain itself");
  }

  @Test
  void aSecondDocumentIsAProblem() {
    assertThat(file.problems(PipelineText.MINIMAL + "---\n" + PipelineText.MINIMAL))
        .containsExactly("elec2.yaml:6: must be one document, got a second one");
  }

  @Test
  void aTabForIndentationIsAProblemWithItsLine() {
    assertThat(file.problems("pipeline: x\ninput:\n\ttopic: a\n"))
        .containsExactly(
            "elec2.yaml:3: not valid YAML: found character '\\t(TAB)' that cannot start any token."
                + " (Do not use \\t(TAB) for indentation)");
  }

  @Test
  void whatIsNotClosedIsAProblemThatNamesItsBeginning() {
    assertThat(file.problems("pipeline: x\ninput: {topic: a\ntarget: 1\n"))
        .containsExactly(
            "elec2.yaml:3: not valid YAML: expected ',' or '}', but got :, in what begins on line"
                + " 2");
  }

  @Test
  void whatNestsTooDeepOrRepeatsTooOftenIsRefused() {
    assertThat(file.problems("a: " + "[".repeat(20_000)))
        .containsExactly("elec2.yaml:1: must nest at most 100 levels deep, got more");
    assertThat(file.problems("a: &a [1]\nb: [" + "*a, ".repeat(60) + "]\n"))
        .containsExactly(
            "elec2.yaml: not valid YAML: Number of aliases for non-scalar nodes exceeds the"
                + " specified max=50");
  }

  @Test
  void aControlCharacterIsAProblemWithItsLine() {
    assertThat(file.problems("pipeline: x\ninput: y\0\n"))
        .containsExactly("elec2.yaml:2: not valid YAML: must be printable text, got U+0000");
  }
}
