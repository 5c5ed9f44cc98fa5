package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.job.pipeline.Pipeline.Delivery;
import io.anabranch.job.pipeline.Pipeline.Exchange;
import io.anabranch.job.pipeline.Pipeline.Format;
import io.anabranch.job.pipeline.Pipeline.KeyChoice;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.job.pipeline.Pipeline.Output;
import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.metrics.Holdout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a file comes to, and what is refused. */
class PipelineFileTest {
  private final PipelineText file = new PipelineText();

  @Test
  void aMinimalFileTakesEveryDefault() throws Exception {
    Pipeline pipeline = file.read(PipelineText.MINIMAL);

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
            file.problems(
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
            "elec2.yaml:12 learners[1].placement: must be one of shared, per-key, ensemble, got 'share',"
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
    assertThat(file.problems("seed: 1\n"))
        .containsExactly(
            "elec2.yaml pipeline: is required",
            "elec2.yaml input: is required",
            "elec2.yaml target: is required",
            "elec2.yaml learners: is required");
  }

  @Test
  void whatIsSpecifiedButNotBuiltIsRefused() {
    assertThat(
            file.problems(
                """
                pipeline: elec2
                input: {topic: elec2.features, format: avro}
                labels: {topic: elec2.labels}
                target: {field: class, type: binary, positive: "1"}
                learners:
                  - {id: lr, type: logistic-regression}
                  - {id: tree, type: hoeffding-tree}
                drift: {detector: adwin, action: reset}
                """))
        .containsExactly(
            "elec2.yaml:2 input.format: 'avro' is not built yet; built are: json, csv",
            "elec2.yaml:3 labels: is not built yet",
            "elec2.yaml:7 learners[1].type: 'hoeffding-tree' is not built; built are:"
                + " logistic-regression, majority-class, no-change",
            "elec2.yaml:8 drift.action: 'reset' is not built yet; built are: none");
  }

  @Test
  void aDriftDetectorIsReadAndWithoutOneThereIsNone() throws Exception {
    assertThat(file.read(PipelineText.MINIMAL + "drift: {detector: page-hinkley}\n").drift())
        .isEqualTo(DriftDetection.PAGE_HINKLEY);
    assertThat(file.read(PipelineText.MINIMAL).drift()).isEqualTo(DriftDetection.NONE);
  }

  @Test
  void aDriftDetectorThatIsNotBuiltOrCannotWatchTheTargetIsRefused() {
    assertThat(file.problems(PipelineText.MINIMAL + "drift: {detector: kswin, action: event}\n"))
        .containsExactly(
            "elec2.yaml:6 drift.detector: 'kswin' is not built yet; built are: none, adwin, ddm,"
                + " page-hinkley",
            "elec2.yaml:6 drift.action: 'event' is not built yet; built are: none");
    assertThat(
            file.problems(
                """
                pipeline: p
                input: {topic: t}
                target: {field: y, type: numeric}
                learners:
                  - {id: l, type: no-change}
                drift: {detector: ddm}
                """))
        .contains(
            "elec2.yaml:6 drift.detector: ddm counts wrong classes, so target.type must be binary"
                + " or multiclass, got numeric");
  }

  @Test
  void combinationsThatCannotBeAreRefusedWithTheReason() {
    assertThat(
            file.problems(
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
  void topicsMustDiffer() {
    assertThat(
            file.problems(
                PipelineText.MINIMAL
                    + "output: {predictions: elec2.features, models: m, metrics: m}\n"
                    + "control: elec2.events\n"))
        .containsExactly(
            "elec2.yaml:6 output.predictions: must differ from input.topic, got 'elec2.features'",
            "elec2.yaml:6 output.metrics: must differ from output.models, got 'm'",
            "elec2.yaml:7 control: must differ from output.events, got 'elec2.events'");
  }

  @Test
  void deliveryIsAWordOrASection() throws Exception {
    assertThat(file.read(PipelineText.MINIMAL + "delivery: at-least-once\n").delivery().values())
        .containsOnly(Delivery.AT_LEAST_ONCE);
    assertThat(file.read(PipelineText.MINIMAL + "delivery: exactly-once\n").delivery())
        .containsEntry(Output.PREDICTIONS, Delivery.EXACTLY_ONCE)
        .containsEntry(Output.MODELS, Delivery.AT_LEAST_ONCE);
    assertThat(file.read(PipelineText.MINIMAL + "delivery: {metrics: at-least-once}\n").delivery())
        .containsEntry(Output.METRICS, Delivery.AT_LEAST_ONCE)
        .containsEntry(Output.PREDICTIONS, Delivery.EXACTLY_ONCE);
    assertThat(file.problems(PipelineText.MINIMAL + "delivery: twice\n"))
        .containsExactly(
            "elec2.yaml:6 delivery: must be exactly-once, at-least-once or a section by output,"
                + " got 'twice'");
  }

  @Test
  void multiclassMayDeclareItsClasses() throws Exception {
    String yaml =
        PipelineText.MINIMAL
            .replace("type: binary, positive: \"1\"", "type: multiclass, classes: [1.0, 2, b]")
            .replace("logistic-regression", "majority-class");
    assertThat(file.read(yaml).target().target().classes()).containsExactly("1", "2", "b");
    assertThat(file.problems(yaml.replace("[1.0, 2, b]", "[1.0, 1]")))
        .containsExactly(
            "elec2.yaml:3 target.classes: must differ from each other, got '1' twice",
            "elec2.yaml:3 target.classes: must be at least 2, got 1");
  }

  @Test
  void durationsHaveUnits() throws Exception {
    for (var entry :
        Map.of("200ms", 200L, "10s", 10_000L, "1h", 3_600_000L, "7d", 604_800_000L).entrySet()) {
      assertThat(
              file.read(PipelineText.MINIMAL + "checkpoint: {interval: " + entry.getKey() + "}\n")
                  .checkpoint()
                  .intervalMillis())
          .isEqualTo(entry.getValue());
    }
    assertThat(file.problems(PipelineText.MINIMAL + "checkpoint: {interval: 10}\n"))
        .containsExactly(
            "elec2.yaml:6 checkpoint.interval: must be a duration such as 200ms, 10s, 5m, 1h or"
                + " 7d, at least 10ms, got '10'");
  }

  @Test
  void theHashTellsLearningConfigurationsApartAndKnowsNoSecrets() throws Exception {
    String hash = file.read(PipelineText.MINIMAL).configHash();
    assertThat(file.read("# a comment\n" + PipelineText.MINIMAL + "seed: 1\n").configHash())
        .isEqualTo(hash);
    assertThat(
            file.read(PipelineText.MINIMAL + "kafka: {properties: {sasl.password: x}}\n")
                .configHash())
        .isEqualTo(hash);
    assertThat(file.read(PipelineText.MINIMAL, "learners.lr.hyper.alpha=3").configHash())
        .isNotEqualTo(hash);
    assertThat(file.read(PipelineText.MINIMAL + "seed: 2\n").configHash()).isNotEqualTo(hash);
  }

  @Test
  void aFractionOfTheExamplesCanBeHeldOut() throws Exception {
    assertThat(file.read(PipelineText.MINIMAL).holdout().fraction()).isZero();
    assertThat(file.read(PipelineText.MINIMAL + "evaluation: {holdout: 0.2}\nseed: 7\n").holdout())
        .isEqualTo(new Holdout(0.2, 7));
    assertThat(file.read(PipelineText.MINIMAL + "evaluation: {holdout: 0.2}\n").configHash())
        .isNotEqualTo(file.read(PipelineText.MINIMAL).configHash());
    for (String value : List.of("1", "-0.1", "20%", "1e-1")) {
      assertThat(file.problems(PipelineText.MINIMAL + "evaluation: {holdout: " + value + "}\n"))
          .containsExactly(
              "elec2.yaml:6 evaluation.holdout: must be a number >= 0 and < 1, got " + value);
    }
  }

  @Test
  void anUnknownKeyWithoutANearOneNamesThoseThereAre() {
    assertThat(file.problems(PipelineText.MINIMAL + "evaluation: {metrics: [auc]}\n"))
        .containsExactly(
            "elec2.yaml:6 evaluation.metrics: unknown key 'metrics'; known here are:"
                + " window, holdout");
  }

  @Test
  void aMisspeltWordOfSeveralFormsIsSuggestedRight() {
    assertThat(file.problems(PipelineText.MINIMAL + "features: atuo\ndelivery: exactly-onse\n"))
        .containsExactly(
            "elec2.yaml:6 features: must be auto, {auto: {exclude: [FIELD, …]}} or a list of"
                + " features, got 'atuo', did you mean 'auto'?",
            "elec2.yaml:7 delivery: must be exactly-once, at-least-once or a section by output,"
                + " got 'exactly-onse', did you mean 'exactly-once'?");
  }
}
