package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.anabranch.models.learner.LearnerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the shipped schema says of a file is what reading it says. */
class PipelineSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final LearnerRegistry REGISTRY =
      new LearnerRegistry(PipelineSchemaTest.class.getClassLoader());
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(PipelineSchema.json(REGISTRY));

  private static final String GOOD =
      """
      pipeline: p
      input: {topic: p.features}
      target: {field: y, type: binary, positive: 1}
      features: auto
      learners:
        - {id: a, type: logistic-regression, placement: shared, hyper: {alpha: 0.1}}
        - {id: b, type: majority-class}
      evaluation: {window: 10}
      checkpoint: {interval: 1s}
      delivery: at-least-once
      seed: 7
      """;

  private static List<String> schemaProblems(String yaml) {
    Object content = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return SCHEMA.validate(JSON.valueToTree(content)).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private static Pipeline read(String yaml) throws PipelineException {
    return PipelineFile.read("p.yaml", yaml, List.of(), name -> Optional.of("1"), REGISTRY);
  }

  static Stream<String> shippedPipelines() throws IOException {
    String page = Files.readString(Path.of("../docs/pipeline.md"));
    Stream<String> documented = EXAMPLE.matcher(page).results().map((MatchResult m) -> m.group(1));
    try (Stream<Path> files = Files.list(Path.of("../examples"))) {
      List<String> examples = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        examples.add(Files.readString(file));
      }
      assertThat(examples).isNotEmpty();
      return Stream.concat(documented, examples.stream());
    }
  }

  @ParameterizedTest
  @MethodSource("shippedPipelines")
  void whatIsShippedIsAcceptedByBoth(String yaml) {
    assertThat(schemaProblems(yaml)).isEmpty();
    assertThatCode(() -> read(yaml)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed: ${SEED:1}",
        "evaluation: {window: \"${WINDOW}\"}",
        "features: {auto: {exclude: [a, 1]}}",
        "features: {auto: {exclude: []}}",
        "features: [{field: a, type: categorical, hash: 10}, {field: b, type: map}]",
        "features: [{field: a, type: text, ngrams: 2, hash: 18}, {cross: [b, c], hash: 12}]",
        "features: [{field: a, type: numeric, scale: min-max, clip: [-1, 2.5], missing: indicator}]",
        "delivery: {metrics: at-least-once}",
        "flink: {a.b: 1, c: {d: true}}",
        "kafka: {properties: {linger.ms: 5}}",
        "checkpoint: {interval: 5 min, dir: s3://x/y}",
        "output: {predictions: 2024.predictions}",
        "drift: {detector: adwin, action: none}",
        "input: {topic: t, format: csv, columns: [y, a], delimiter: ;}"
      })
  void whatIsRightIsAcceptedByBoth(String line) {
    String yaml = with(line);

    assertThat(schemaProblems(yaml)).isEmpty();
    assertThatCode(() -> read(yaml)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lerners: []",
        "pipeline: a b",
        "pipeline: ..",
        "pipeline: [a]",
        "input: {topic: t, formt: json}",
        "input: {format: json}",
        "input: {topic: t, format: avro}",
        "input: {topic: t, spread: perhaps}",
        "input: topic",
        "labels: {topic: l}",
        "target: {field: y}",
        "target: {field: y, type: binry, positive: 1}",
        "target: {field: '', type: numeric}",
        "features: some",
        "features: []",
        "features: {auto: {excluding: [a]}}",
        "features: [{type: numeric}]",
        "features: [{field: a, type: number}]",
        "features: [{field: a, type: categorical, hash: 40}]",
        "features: [{field: a, type: text, ngrams: 9}]",
        "features: [{field: a, type: numeric, clip: 3}]",
        "features: [{field: a, type: numeric, clip: [1, 2, 3]}]",
        "features: [{field: a, type: numeric, missing: mode}]",
        "features: [{cross: a}]",
        "features: [{cross: [a, b], field: c, type: numeric}]",
        "features: [a]",
        "learners: []",
        "learners: {id: a}",
        "learners: [{id: a}]",
        "learners: [{type: no-change}]",
        "learners: [{id: a, type: no-chance}]",
        "learners: [{id: a, type: no-change, placement: ensemble}]",
        "learners: [{id: a, type: no-change, placement: shared}]",
        "learners: [{id: a, type: no-change, hyper: {alpha: 1}}]",
        "learners: [{id: a, type: logistic-regression, hyper: {alpha: 0}}]",
        "learners: [{id: a, type: logistic-regression, hyper: {alpha: fast}}]",
        "learners: [{id: a, type: logistic-regression, hyper: {l1: -1}}]",
        "learners: [{id: a, type: logistic-regression, entries: 5}]",
        "learners: [{id: a, type: logistic-regression, placement: shared, exchange: {examples: 0}}]",
        "learners: [{id: a, type: logistic-regression, placement: shared, exchange: {publish: 5}}]",
        "evaluation: {window: 0}",
        "evaluation: {window: 1.5}",
        "evaluation: {window: many}",
        "drift: {detector: eagle}",
        "output: {prediction: t}",
        "output: {metrics: a/b}",
        "delivery: twice",
        "delivery: {metrics: twice}",
        "flink: 1",
        "checkpoint: {interval: 10}",
        "checkpoint: {interval: 1w}",
        "seed: one"
      })
  void whatIsWrongIsRefusedByBoth(String line) {
    String yaml = with(line);

    assertThat(schemaProblems(yaml)).isNotEmpty();
    assertThatThrownBy(() -> read(yaml)).isInstanceOf(PipelineException.class);
  }

  @Test
  void aFileWithoutWhatIsRequiredIsRefusedByBoth() {
    assertThat(schemaProblems("seed: 1")).hasSize(4);
    assertThatThrownBy(() -> read("seed: 1"))
        .isInstanceOfSatisfying(PipelineException.class, e -> assertThat(e.problems()).hasSize(4));
  }

  /** The good file with a line of its own for one top-level key. */
  private static String with(String line) {
    String key = line.substring(0, line.indexOf(':'));
    String rest = GOOD.replaceFirst("(?m)^" + key + ":.*\n(  .*\n)*", "");
    return rest + line + "\n";
  }
}
