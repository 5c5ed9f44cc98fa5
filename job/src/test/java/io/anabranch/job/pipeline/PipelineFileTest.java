package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anabranch.job.pipeline.Pipeline.Delivery;
import io.anabranch.job.pipeline.Pipeline.Exchange;
import io.anabranch.job.pipeline.Pipeline.Format;
import io.anabranch.job.pipeline.Pipeline.KeyChoice;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.job.pipeline.Pipeline.Output;
import io.anabranch.models.data.Target;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.metrics.Holdout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {
  private static final String MINIMAL =
      """
      pipeline: elec2
      input: {topic: elec2.features}
      target: {field: class, type: binary, positive: "1"}
      learners:
        - {id: lr, type: logistic-regression}
      """;

  private Map<String, String> environment = Map.of();

  private Pipeline read(String yaml, String... sets) throws PipelineException {
    return PipelineFile.read(
        "elec2.yaml",
        yaml,
        List.of(sets),
        name -> Optional.ofNullable(environment.get(name)),
        StubLearners.registry());
  }

  private List<String> problems(String yaml, String... sets) {
    PipelineException exception =
        catchThrowableOfType(PipelineException.class, () -> read(yaml, sets));
    assertThat(exception).as("a problem in " + yaml).isNotNull();
    return exception.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void aMinimalFileTakesEveryDefault() throws Exception {
    Pipeline pipeline = read(MINIMAL);

    assertThat(pipeline.name()).isEqualTo("elec2");
    assertThat(pipeline.kafka()).isEqualTo(new Pipeline.Kafka("localhost:9092", Map.of()));
    assertThat(pipeline.input())
        .isEqualTo(
            new Pipeline.Input(
                "elec2.features",
                new Format.Json(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false));
    assertThat(pipeline.target())
        .isEqualTo(new Pipeline.TargetField("class", Target.binary("1"), Optional.empty()));
    assertThat(pipeline.features()).isEqualTo(new FeatureSpec.Auto(java.util.Set.of("class")));
    LearnerEntry learner = pipeline.learners().get(0);
    assertThat(learner.placement()).isEqualTo(Placement.PER_KEY);
    assertThat(learner.key()).isEqualTo(new KeyChoice.Inherited());
    assertThat(learner.exchange()).isEqualTo(new Exchange(5000, 200, 20));
    assertThat(learner.settings().hyper()).isEmpty();
    assertThat(pipeline.evaluationWindow()).isEqualTo(1000);
    assertThat(pipeline.topics())
        .containsEntry(Output.PREDICTIONS, "elec2.predictions")
        .containsEntry(Output.DEAD_LETTERS, "elec2.dead-letters");
    assertThat(pipeline.controlTopic()).isEqualTo("elec2.control");
    assertThat(pipeline.delivery())
        .containsOnly(
            Map.entry(Output.PREDICTIONS, Delivery.EXACTLY_ONCE),
            Map.entry(Output.METRICS, Delivery.EXACTLY_ONCE),
            Map.entry(Output.DEAD_LETTERS, Delivery.EXACTLY_ONCE),
            Map.entry(Output.MODELS, Delivery.AT_LEAST_ONCE),
            Map.entry(Output.EVENTS, Delivery.AT_LEAST_ONCE));
    assertThat(pipeline.checkpoint()).isEqualTo(new Pipeline.Checkpoint(10_000, "checkpoints"));
    assertThat(pipeline.seed()).isEqualTo(1);
    assertThat(pipeline.configHash()).matches("[0-9a-f]{64}");
  }

  @Test
  void everyProblemIsReportedAtOnceInTheOrderOfTheFile() {
    assertThat(
            problems(
                """
                pipeline: "elec 2"
                input: {topic: elec2.features, formt: json}
                target: {field: class, type: binary}
                evaluation:
                  window: 0
                lerners: []
                learners:
                  - id: lr
                    type: logistic-regresion
                  - id: lr
                    type: logistic-regression
                    placement: share
                    hyper: {alpha: -1, depth: 2.5, average: maybe, loss: cubic, alhpa: 1}
                """))
        .containsExactly(
            "elec2.yaml:1 pipeline: must be a legal Kafka name (1 to 249 of a-z A-Z 0-9 . _ -,"
                + " not . or ..), got 'elec 2'",
            "elec2.yaml:2 input.formt: unknown key 'formt', did you mean 'format'?",
            "elec2.yaml:3 target.positive: is required for type: binary: the label of the"
                + " positive class",
            "elec2.yaml:5 evaluation.window: must be a whole number >= 1, got 0",
            "elec2.yaml:6 lerners: unknown key 'lerners', did you mean 'learners'?",
            "elec2.yaml:9 learners[0].type: 'logistic-regresion' is not built, did you mean"
                + " 'logistic-regression'?; built are: logistic-regression, majority-class,"
                + " no-change",
            "elec2.yaml:10 learners[1].id: must differ from learners[0].id, got 'lr'",
            "elec2.yaml:12 learners[1].placement: must be one of shared, per-key, got 'share',"
                + " did you mean 'shared'?",
            "elec2.yaml:13 learners[1].hyper.alpha: must be > 0, got -1",
            "elec2.yaml:13 learners[1].hyper.depth: must be a whole number between 1 and 30, got"
                + " 2.5",
            "elec2.yaml:13 learners[1].hyper.average: must be true or false, got 'maybe'",
            "elec2.yaml:13 learners[1].hyper.loss: must be one of squared, huber, got 'cubic'",
            "elec2.yaml:13 learners[1].hyper.alhpa: unknown hyperparameter 'alhpa', did you mean"
                + " 'alpha'?");
  }

  @Test
  void whatIsRequiredIsAskedForOnce() {
    assertThat(problems("seed: 1\n"))
        .containsExactly(
            "elec2.yaml pipeline: is required",
            "elec2.yaml input: is required",
            "elec2.yaml target: is required",
            "elec2.yaml learners: is required");
  }

  @Test
  void badYamlIsAProblemWithItsLine() {
    assertThat(problems("pipeline: x\ninput: {topic: [a\nseed: 1\n"))
        .singleElement()
        .asString()
        .startsWith("elec2.yaml:3: not valid YAML: ");
  }

  @Test
  void anEmptyFileIsAProblem() {
    String rule = "elec2.yaml: must be a section with the keys pipeline, input, target, learners";
    assertThat(problems("")).containsExactly(rule + ", got nothing");
    assertThat(problems("# only a comment\n")).containsExactly(rule + ", got nothing");
    assertThat(problems("- a\n")).containsExactly(rule + ", got a list");
    assertThat(problems("hello\n")).containsExactly(rule + ", got 'hello'");
  }

  @Test
  void aDuplicateKeyIsAProblem() {
    assertThat(problems(MINIMAL + "seed: 1\nseed: 2\n"))
        .containsExactly("elec2.yaml:7 seed: duplicate key 'seed', first on line 6");
  }

  @Test
  void theWrongKindOfNodeIsAProblem() {
    assertThat(
            problems(
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
  void whatIsSpecifiedButNotBuiltIsRefused() {
    assertThat(
            problems(
                """
                pipeline: elec2
                input: {topic: elec2.features, format: avro}
                labels: {topic: elec2.labels}
                target: {field: class, type: binary, positive: "1"}
                learners:
                  - {id: lr, type: logistic-regression, prior: other}
                  - {id: forest, type: majority-class, placement: ensemble}
                  - {id: tree, type: hoeffding-tree}
                drift: {detector: adwin, action: reset}
                """))
        .containsExactly(
            "elec2.yaml:2 input.format: 'avro' is not built yet; built are: json, csv",
            "elec2.yaml:3 labels: is not built yet",
            "elec2.yaml:6 learners[0].prior: is not built yet",
            "elec2.yaml:7 learners[1].placement: 'ensemble' is not built yet; built are: shared,"
                + " per-key",
            "elec2.yaml:8 learners[2].type: 'hoeffding-tree' is not built; built are:"
                + " logistic-regression, majority-class, no-change",
            "elec2.yaml:9 drift.action: 'reset' is not built yet; built are: none");
  }

  @Test
  void aDriftDetectorWithoutConsequenceIsAccepted() throws Exception {
    assertThat(read(MINIMAL + "drift: {detector: adwin, action: none}\n").name())
        .isEqualTo("elec2");
  }

  @Test
  void combinationsThatCannotBeAreRefusedWithTheReason() {
    assertThat(
            problems(
                """
                pipeline: p
                input: {topic: t}
                target: {field: y, type: numeric}
                learners:
                  - {id: a, type: majority-class, placement: shared, key: user}
                  - {id: b, type: logistic-regression, exchange: {examples: 10}}
                """))
        .containsExactly(
            "elec2.yaml:5 learners[0].placement: majority-class cannot be shared: changes made by"
                + " several trainers to its model do not add up; it can be: per-key",
            "elec2.yaml:5 learners[0].type: majority-class cannot predict a numeric target; it can"
                + " predict: binary, multiclass",
            "elec2.yaml:5 learners[0].key: is only for placement: per-key, got 'user'; a shared"
                + " model has no key",
            "elec2.yaml:6 learners[1].type: logistic-regression cannot predict a numeric target;"
                + " it can predict: binary",
            "elec2.yaml:6 learners[1].exchange: is only for placement: shared, got placement: per-key");
  }

  @Test
  void environmentVariablesAndFilesArePutIn(@TempDir Path directory) throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "s3cret\n");
    environment = Map.of("TOPIC", "elec2.features", "K", "77");

    Pipeline pipeline =
        read(
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
    environment = Map.of("SECRET", "hunter2");

    assertThat(
            problems(
                MINIMAL.replace("elec2.features", "\"${NOWHERE}\"")
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
    environment = Map.of("SECRET", "hunter2");

    assertThat(
            problems(
                MINIMAL
                    + "output: {metrics: \"${SECRET}\", events: \"${SECRET}\"}\n"
                    + "features: [{field: \"${SECRET}\", type: map}, {field: hunter2, type: map}]\n"))
        .containsExactly(
            "elec2.yaml:6 output.events: must differ from output.metrics, got '${SECRET}'",
            "elec2.yaml:7 features[1].field: is listed already as features[0], got 'hunter2'");
    assertThat(read(MINIMAL + "kafka: {properties: {a: \"${SECRET}\"}}\n").toString())
        .contains("properties=[a]")
        .doesNotContain("hunter2");
  }

  @Test
  void anOptionSetsByIdByPositionAndByKey() throws Exception {
    Pipeline pipeline =
        read(
            MINIMAL,
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
            problems(
                MINIMAL,
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

  @Test
  void topicsMustDiffer() {
    assertThat(
            problems(
                MINIMAL
                    + "output: {predictions: elec2.features, models: m, metrics: m}\n"
                    + "control: elec2.events\n"))
        .containsExactly(
            "elec2.yaml:6 output.predictions: must differ from input.topic, got 'elec2.features'",
            "elec2.yaml:6 output.metrics: must differ from output.models, got 'm'",
            "elec2.yaml:7 control: must differ from output.events, got 'elec2.events'");
  }

  @Test
  void deliveryIsAWordOrASection() throws Exception {
    assertThat(read(MINIMAL + "delivery: at-least-once\n").delivery().values())
        .containsOnly(Delivery.AT_LEAST_ONCE);
    assertThat(read(MINIMAL + "delivery: exactly-once\n").delivery())
        .containsEntry(Output.PREDICTIONS, Delivery.EXACTLY_ONCE)
        .containsEntry(Output.MODELS, Delivery.AT_LEAST_ONCE);
    assertThat(read(MINIMAL + "delivery: {metrics: at-least-once}\n").delivery())
        .containsEntry(Output.METRICS, Delivery.AT_LEAST_ONCE)
        .containsEntry(Output.PREDICTIONS, Delivery.EXACTLY_ONCE);
    assertThat(problems(MINIMAL + "delivery: twice\n"))
        .containsExactly(
            "elec2.yaml:6 delivery: must be exactly-once, at-least-once or a section by output,"
                + " got 'twice'");
  }

  @Test
  void featuresAreAutoOrListed() throws Exception {
    String roles =
        MINIMAL.replace("{topic: elec2.features}", "{topic: t, id: id, key: user, time: ts}");
    assertThat(read(roles + "features: {auto: {exclude: [date]}}\n").features())
        .isEqualTo(new FeatureSpec.Auto(java.util.Set.of("class", "id", "ts", "date")));
    assertThat(
            read(MINIMAL
                    + """
                        features:
                          - {field: a, type: numeric}
                          - {field: b, type: numeric, scale: none}
                          - {field: c, type: categorical, hash: 10}
                          - {field: d, type: map}
                          - {field: e, type: vector}
                        """)
                .features())
        .isEqualTo(
            new FeatureSpec.Listed(
                List.of(
                    new FeatureSpec.Numeric("a", FeatureSpec.Scale.STANDARD),
                    new FeatureSpec.Numeric("b", FeatureSpec.Scale.NONE),
                    new FeatureSpec.Categorical("c", 10),
                    new FeatureSpec.MapOfNumbers("d", 22),
                    new FeatureSpec.NumericVector("e", FeatureSpec.Scale.STANDARD))));
    assertThat(
            problems(
                MINIMAL
                    + """
                    features:
                      - {field: a, type: numeric, hash: 3}
                      - {field: a, type: categorical, scale: none}
                      - {field: class, type: categorical}
                    """))
        .containsExactly(
            "elec2.yaml:7 features[0].hash: is only for type: categorical, text and map, got"
                + " type: numeric",
            "elec2.yaml:8 features[1].scale: is only for type: numeric and vector, got type:"
                + " categorical",
            "elec2.yaml:8 features[1].field: is listed already as features[0], got 'a'",
            "elec2.yaml:9 features[2].field: is the target, which must not be a feature, got"
                + " 'class'");
  }

  @Test
  void numbersAreScaledByNameAndRobustlyOnlyPerKey() throws Exception {
    String scales =
        MINIMAL
            + """
            features:
              - {field: a, type: numeric, scale: min-max}
              - {field: b, type: vector, scale: robust}
            """;
    assertThat(read(scales).features())
        .isEqualTo(
            new FeatureSpec.Listed(
                List.of(
                    new FeatureSpec.Numeric("a", FeatureSpec.Scale.MIN_MAX),
                    new FeatureSpec.NumericVector("b", FeatureSpec.Scale.ROBUST))));
    String shared =
        scales.replace("logistic-regression}", "logistic-regression, placement: shared}");
    assertThat(problems(shared))
        .containsExactly(
            "elec2.yaml:5 learners[0].placement: cannot be shared with scale: robust of feature"
                + " 'b': the quartiles of several trainers do not add up; take scale: standard or"
                + " min-max, or placement: per-key");
    assertThat(read(shared.replace("robust", "min-max")).learners().get(0).placement())
        .isEqualTo(Placement.SHARED);
    assertThat(problems(scales.replace("min-max", "minmax")))
        .containsExactly(
            "elec2.yaml:7 features[0].scale: must be one of none, standard, min-max, robust, got"
                + " 'minmax', did you mean 'min-max'?");
  }

  @Test
  void textsCrossesBoundsAndMissingValuesAreListed() throws Exception {
    assertThat(
            read(MINIMAL
                    + """
                        features:
                          - {field: title, type: text, ngrams: 2, hash: 18}
                          - {field: body, type: text}
                          - {cross: [day, period], hash: 12}
                          - {field: a, type: numeric, clip: [-1, 2.5], missing: mean}
                          - {field: b, type: vector, clip: [0, .inf]}
                          - {field: day, type: categorical, missing: indicator}
                          - {field: d, type: map, hash: 9}
                        """)
                .features())
        .isEqualTo(
            new FeatureSpec.Listed(
                List.of(
                    new FeatureSpec.Text("title", 2, 18),
                    new FeatureSpec.Text("body", 1, 22),
                    new FeatureSpec.Cross(List.of("day", "period"), 12),
                    new FeatureSpec.Numeric(
                        "a",
                        FeatureSpec.Scale.STANDARD,
                        new FeatureSpec.Clip(-1, 2.5),
                        FeatureSpec.Missing.MEAN),
                    new FeatureSpec.NumericVector(
                        "b",
                        FeatureSpec.Scale.STANDARD,
                        new FeatureSpec.Clip(0, Double.POSITIVE_INFINITY)),
                    new FeatureSpec.Categorical("day", 22, FeatureSpec.Missing.INDICATOR),
                    new FeatureSpec.MapOfNumbers("d", 9))));
  }

  @Test
  void featuresThatCannotBeAreRefusedWithTheirPlace() {
    assertThat(
            problems(
                MINIMAL
                    + """
                    features:
                      - {field: t, type: text, ngrams: 6, scale: none}
                      - {field: n, type: numeric, ngrams: 2, clip: [2, 1]}
                      - {field: n2, type: numeric, clip: 3, missing: mode}
                      - {field: n3, type: numeric, clip: [a, 1], missing: mean, scale: min-max}
                      - {field: c, type: categorical, missing: mean, clip: [0, 1]}
                      - {cross: [t, c]}
                      - {cross: [c]}
                      - {cross: [c, c, class]}
                      - {cross: [c, x], type: numeric}
                      - {cross: [c, x]}
                      - {cross: x}
                    """))
        .containsExactly(
            "elec2.yaml:7 features[0].scale: is only for type: numeric and vector, got type: text",
            "elec2.yaml:7 features[0].ngrams: must be a whole number between 1 and 5, got 6",
            "elec2.yaml:8 features[1].ngrams: is only for type: text, got type: numeric",
            "elec2.yaml:8 features[1].clip: must be [min, max], two numbers or .inf, min < max,"
                + " got [2, 1]",
            "elec2.yaml:9 features[2].clip: must be [min, max], two numbers or .inf, min < max,"
                + " got '3'",
            "elec2.yaml:9 features[2].missing: must be one of skip, mean, indicator, got 'mode'",
            "elec2.yaml:10 features[3].clip: must be [min, max], two numbers or .inf, min < max,"
                + " got [a, 1]",
            "elec2.yaml:10 features[3].missing: mean is only for type: numeric with scale: standard"
                + " or robust, whose middle is 0; take skip or indicator",
            "elec2.yaml:11 features[4].clip: is only for type: numeric and vector, got type:"
                + " categorical",
            "elec2.yaml:11 features[4].missing: mean is only for type: numeric with scale: standard"
                + " or robust, whose middle is 0; take skip or indicator",
            "elec2.yaml:12 features[5].cross: must be of fields that are numeric, categorical or"
                + " not listed, got 't' of type: text",
            "elec2.yaml:13 features[6].cross: must be at least 2 fields, got 1",
            "elec2.yaml:14 features[7].cross: must differ from each other, got 'c' twice",
            "elec2.yaml:14 features[7].cross: is the target, which must not be a feature, got"
                + " 'class'",
            "elec2.yaml:15 features[8].type: unknown key 'type'; known here are: cross, hash",
            "elec2.yaml:16 features[9].cross: is listed already as features[8], got 'c × x'",
            "elec2.yaml:17 features[10].cross: must be a list, got 'x'");
  }

  @Test
  void csvNeedsItsColumns() throws Exception {
    assertThat(
            read(MINIMAL.replace(
                    "{topic: elec2.features}",
                    "{topic: t, format: csv, columns: [a, class], delimiter: \";\"}"))
                .input()
                .format())
        .isEqualTo(new Format.Csv(List.of("a", "class"), ';'));
    assertThat(problems(MINIMAL.replace("{topic: elec2.features}", "{topic: t, format: csv}")))
        .containsExactly(
            "elec2.yaml:2 input.columns: is required for format: csv: the names of the columns, in"
                + " order");
    assertThat(
            problems(
                MINIMAL.replace("elec2.features}", "t, format: csv, columns: [a, class]}")
                    + "features: [{field: a, type: map}]\n"))
        .containsExactly(
            "elec2.yaml:6 features[0].type: must be numeric, categorical or text for format: csv, got"
                + " 'map'");
  }

  @Test
  void multiclassMayDeclareItsClasses() throws Exception {
    String yaml =
        MINIMAL
            .replace("type: binary, positive: \"1\"", "type: multiclass, classes: [1.0, 2, b]")
            .replace("logistic-regression", "majority-class");
    assertThat(read(yaml).target().target().classes()).containsExactly("1", "2", "b");
    assertThat(problems(yaml.replace("[1.0, 2, b]", "[1.0, 1]")))
        .containsExactly(
            "elec2.yaml:3 target.classes: must differ from each other, got '1' twice",
            "elec2.yaml:3 target.classes: must be at least 2, got 1");
  }

  @Test
  void durationsHaveUnits() throws Exception {
    for (var entry :
        Map.of("200ms", 200L, "10s", 10_000L, "1h", 3_600_000L, "7d", 604_800_000L).entrySet()) {
      assertThat(
              read(MINIMAL + "checkpoint: {interval: " + entry.getKey() + "}\n")
                  .checkpoint()
                  .intervalMillis())
          .isEqualTo(entry.getValue());
    }
    assertThat(problems(MINIMAL + "checkpoint: {interval: 10}\n"))
        .containsExactly(
            "elec2.yaml:6 checkpoint.interval: must be a duration such as 200ms, 10s, 5m, 1h or"
                + " 7d, at least 10ms, got '10'");
  }

  @Test
  void theHashTellsLearningConfigurationsApartAndKnowsNoSecrets() throws Exception {
    String hash = read(MINIMAL).configHash();
    assertThat(read("# a comment\n" + MINIMAL + "seed: 1\n").configHash()).isEqualTo(hash);
    assertThat(read(MINIMAL + "kafka: {properties: {sasl.password: x}}\n").configHash())
        .isEqualTo(hash);
    assertThat(read(MINIMAL, "learners.lr.hyper.alpha=3").configHash()).isNotEqualTo(hash);
    assertThat(read(MINIMAL + "seed: 2\n").configHash()).isNotEqualTo(hash);
  }

  @Test
  void anAliasMayRepeatButNotContainItself() throws Exception {
    assertThat(
            read(MINIMAL + "control: &topic c\noutput: {metrics: m}\nflink: {a: *topic}\n").flink())
        .containsOnly(Map.entry("a", "c"));
    assertThat(problems(MINIMAL + "flink: &a {b: *a}\n"))
        .containsExactly("elec2.yaml:6 flink.b: an alias must not contain itself");
  }

  @Test
  void aFractionOfTheExamplesCanBeHeldOut() throws Exception {
    assertThat(read(MINIMAL).holdout().fraction()).isZero();
    assertThat(read(MINIMAL + "evaluation: {holdout: 0.2}\nseed: 7\n").holdout())
        .isEqualTo(new Holdout(0.2, 7));
    assertThat(read(MINIMAL + "evaluation: {holdout: 0.2}\n").configHash())
        .isNotEqualTo(read(MINIMAL).configHash());
    for (String value : List.of("1", "-0.1", "20%", "1e-1")) {
      assertThat(problems(MINIMAL + "evaluation: {holdout: " + value + "}\n"))
          .containsExactly(
              "elec2.yaml:6 evaluation.holdout: must be a number >= 0 and < 1, got " + value);
    }
  }

  @Test
  void anUnknownKeyWithoutANearOneNamesThoseThereAre() {
    assertThat(problems(MINIMAL + "evaluation: {metrics: [auc]}\n"))
        .containsExactly(
            "elec2.yaml:6 evaluation.metrics: unknown key 'metrics'; known here are:"
                + " window, holdout");
  }

  @Test
  void aMisspeltWordOfSeveralFormsIsSuggestedRight() {
    assertThat(problems(MINIMAL + "features: atuo\ndelivery: exactly-onse\n"))
        .containsExactly(
            "elec2.yaml:6 features: must be auto, {auto: {exclude: [FIELD, …]}} or a list of"
                + " features, got 'atuo', did you mean 'auto'?",
            "elec2.yaml:7 delivery: must be exactly-once, at-least-once or a section by output,"
                + " got 'exactly-onse', did you mean 'exactly-once'?");
  }

  @Test
  void fieldsOfCsvMustBeColumns() {
    assertThat(
            problems(
                """
                pipeline: p
                input: {topic: t, format: csv, columns: [user, price, class], key: usr}
                target: {field: clas, type: binary, positive: 1}
                features: [{field: prise, type: numeric}, {cross: [user, pric]}]
                learners:
                  - {id: a, type: majority-class, key: none}
                  - {id: b, type: majority-class, key: shop}
                """))
        .containsExactly(
            "elec2.yaml:2 input.key: must be one of input.columns, got 'usr', did you mean"
                + " 'user'?",
            "elec2.yaml:3 target.field: must be one of input.columns, got 'clas', did you mean"
                + " 'class'?",
            "elec2.yaml:4 features[0].field: must be one of input.columns, got 'prise', did you"
                + " mean 'price'?",
            "elec2.yaml:4 features[1].cross[1]: must be one of input.columns, got 'pric', did you"
                + " mean 'price'?",
            "elec2.yaml:7 learners[1].key: must be one of input.columns, got 'shop'");
  }

  @Test
  void aSecondDocumentIsAProblem() {
    assertThat(problems(MINIMAL + "---\n" + MINIMAL))
        .containsExactly("elec2.yaml:6: must be one document, got a second one");
  }

  @Test
  void aTabForIndentationIsAProblemWithItsLine() {
    assertThat(problems("pipeline: x\ninput:\n\ttopic: a\n"))
        .containsExactly(
            "elec2.yaml:3: not valid YAML: found character '\\t(TAB)' that cannot start any token."
                + " (Do not use \\t(TAB) for indentation)");
  }

  @Test
  void whatIsNotClosedIsAProblemThatNamesItsBeginning() {
    assertThat(problems("pipeline: x\ninput: {topic: a\ntarget: 1\n"))
        .containsExactly(
            "elec2.yaml:3: not valid YAML: expected ',' or '}', but got :, in what begins on line"
                + " 2");
  }

  @Test
  void whatNestsTooDeepOrRepeatsTooOftenIsRefused() {
    assertThat(problems("a: " + "[".repeat(20_000)))
        .containsExactly("elec2.yaml:1: must nest at most 100 levels deep, got more");
    assertThat(problems("a: &a [1]\nb: [" + "*a, ".repeat(60) + "]\n"))
        .containsExactly(
            "elec2.yaml: not valid YAML: Number of aliases for non-scalar nodes exceeds the"
                + " specified max=50");
  }

  @Test
  void aControlCharacterIsAProblemWithItsLine() {
    assertThat(problems("pipeline: x\ninput: y\0\n"))
        .containsExactly("elec2.yaml:2: not valid YAML: must be printable text, got U+0000");
  }
}
