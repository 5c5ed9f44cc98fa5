package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.job.pipeline.Pipeline.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put into a file from outside: variables, files and options. */
class PipelineSubstitutionTest {
  private final PipelineText file = new PipelineText();

  @Test
  void environmentVariablesAndFilesArePutIn(@TempDir Path directory) throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "s3cret\n");
    file.environment(Map.of("TOPIC", "elec2.features", "K", "77"));

    Pipeline pipeline =
        file.read(
            """
            pipeline: elec2
            kafka:
              bootstrap: ${BROKER:broker:9093},${BROKER2:other:1}
              properties: {sasl.password: "${file:%s}", literal: "$${TOPIC}"}
            input: {topic: "${TOPIC}"}
            target: {field: class, type: binary, positive: 1.0}
            learners: [{id: lr, type: logistic-regression, placement: shared, exchange: {examples: "${K}"}}]
            """
                .formatted(secret));

    assertThat(pipeline.kafka().bootstrap()).isEqualTo("broker:9093,other:1");
    assertThat(pipeline.kafka().properties())
        .containsOnly(Map.entry("sasl.password", "s3cret"), Map.entry("literal", "${TOPIC}"));
    assertThat(pipeline.input().topic()).isEqualTo("elec2.features");
    assertThat(pipeline.learners().get(0).exchange().examples()).isEqualTo(77);
    assertThat(pipeline.target().target().positive()).isEqualTo("1");
  }

  @Test
  void whatWasPutInIsNeverShown() {
    file.environment(Map.of("SECRET", "hunter2"));

    assertThat(
            file.problems(
                PipelineText.MINIMAL.replace("elec2.features", "\"${NOWHERE}\"")
                    + "seed: ${SECRET}\ncontrol: a ${SECRET}\nflink: {a: \"${file:/no/such}\"}\n"))
        .containsExactly(
            "elec2.yaml:2 input.topic: environment variable NOWHERE is not set",
            "elec2.yaml:6 seed: must be a whole number, got ${SECRET}",
            "elec2.yaml:7 control: must be a legal Kafka name (1 to 249 of a-z A-Z 0-9 . _ -, not"
                + " . or ..), got 'a ${SECRET}'",
            "elec2.yaml:8 flink.a: file '/no/such' cannot be read: NoSuchFileException");
  }

  @Test
  void secretsAreNotShownWhereNamesClash() throws Exception {
    file.environment(Map.of("SECRET", "hunter2"));

    assertThat(
            file.problems(
                PipelineText.MINIMAL
                    + "output: {metrics: \"${SECRET}\", events: \"${SECRET}\"}\n"
                    + "features: [{field: \"${SECRET}\", type: map}, {field: hunter2, type: map}]\n"))
        .containsExactly(
            "elec2.yaml:6 output.events: must differ from output.metrics, got '${SECRET}'",
            "elec2.yaml:7 features[1].field: is listed already as features[0], got 'hunter2'");
    assertThat(
            file.read(PipelineText.MINIMAL + "kafka: {properties: {a: \"${SECRET}\"}}\n")
                .toString())
        .contains("properties=[a]")
        .doesNotContain("hunter2");
  }

  @Test
  void anOptionSetsByIdByPositionAndByKey() throws Exception {
    Pipeline pipeline =
        file.read(
            PipelineText.MINIMAL,
            "learners.lr.hyper.alpha=0.2",
            "learners[0].hyper.depth=7",
            "flink.parallelism.default=4",
            "kafka.properties.security.protocol=SSL",
            "evaluation.window=10",
            "output={metrics: m}");

    assertThat(pipeline.learners().get(0).settings().hyper())
        .isEqualTo(Map.of("alpha", 0.2, "depth", 7L));
    assertThat(pipeline.flink()).containsOnly(Map.entry("parallelism.default", "4"));
    assertThat(pipeline.kafka().properties()).containsOnly(Map.entry("security.protocol", "SSL"));
    assertThat(pipeline.evaluationWindow()).isEqualTo(10);
    assertThat(pipeline.topics()).containsEntry(Output.METRICS, "m");
  }

  @Test
  void problemsOfOptionsNameTheOption() {
    assertThat(
            file.problems(
                PipelineText.MINIMAL,
                "learners.foo.hyper.alpha=1",
                "learners[3].hyper.alpha=1",
                "learners.lr.hyper.alpha=-1",
                "evaluation={window: 0}",
                "pipelin=x",
                "target.field.name=x",
                "nothing",
                "seed=[1"))
        .containsExactly(
            "--set learners.foo.hyper.alpha=1: unknown id 'foo'; learners are: lr",
            "--set learners[3].hyper.alpha=1: learners has 1 entries, no [3]",
            "--set target.field.name=x: target.field is 'class', not a section",
            "--set nothing: must be PATH=VALUE",
            "--set seed=[1: not valid YAML: expected ',' or ']', but got <stream end>",
            "--set pipelin=x: unknown key 'pipelin', did you mean 'pipeline'?",
            "--set learners.lr.hyper.alpha=-1: must be > 0, got -1",
            "--set evaluation={window: 0}: evaluation.window: must be a whole number >= 1, got 0");
  }
}
