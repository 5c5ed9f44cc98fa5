package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.job.pipeline.Pipeline.Format;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.learner.Placement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The section {@code features}, and fields that records must have. */
class PipelineFeaturesTest {
  private final PipelineText file = new PipelineText();

  @Test
  void theSpaceOfCoordinatesIsAsWideAsTheWidestField() throws Exception {
    String auto = PipelineText.MINIMAL + "features: {auto: {hash: %d}}\n";
    Pipeline wide = file.read(auto.formatted(24));
    assertThat(wide.features().hashBits()).isEqualTo(24);
    assertThat(wide.learners().get(0).settings().hashBits()).isEqualTo(24);
    assertThat(file.read(auto.formatted(10)).features().hashBits()).isEqualTo(22);
    assertThat(wide.configHash())
        .isNotEqualTo(file.read(auto.formatted(10)).configHash())
        .isNotEqualTo(file.read(PipelineText.MINIMAL).configHash());
    assertThat(
            file.read(
                    PipelineText.MINIMAL
                        + """
                        features:
                          - {field: a, type: categorical, hash: 23}
                          - {field: b, type: numeric}
                          - {cross: [a, b], hash: 12}
                        """)
                .features()
                .hashBits())
        .isEqualTo(23);
    assertThat(file.problems(auto.formatted(25)))
        .containsExactly(
            "elec2.yaml:6 features.auto.hash: must be a whole number between 1 and 24, got 25");
  }

  @Test
  void featuresAreAutoOrListed() throws Exception {
    String roles =
        PipelineText.MINIMAL.replace(
            "{topic: elec2.features}", "{topic: t, id: id, key: user, time: ts}");
    assertThat(file.read(roles + "features: {auto: {exclude: [date]}}\n").features())
        .isEqualTo(new FeatureSpec.Auto(java.util.Set.of("class", "id", "ts", "date")));
    assertThat(
            file.read(
                    PipelineText.MINIMAL
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
            file.problems(
                PipelineText.MINIMAL
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
        PipelineText.MINIMAL
            + """
            features:
              - {field: a, type: numeric, scale: min-max}
              - {field: b, type: vector, scale: robust}
            """;
    assertThat(file.read(scales).features())
        .isEqualTo(
            new FeatureSpec.Listed(
                List.of(
                    new FeatureSpec.Numeric("a", FeatureSpec.Scale.MIN_MAX),
                    new FeatureSpec.NumericVector("b", FeatureSpec.Scale.ROBUST))));
    String shared =
        scales.replace("logistic-regression}", "logistic-regression, placement: shared}");
    assertThat(file.problems(shared))
        .containsExactly(
            "elec2.yaml:5 learners[0].placement: cannot be shared with scale: robust of feature"
                + " 'b': the quartiles of several trainers do not add up; take scale: standard or"
                + " min-max, or placement: per-key");
    assertThat(file.read(shared.replace("robust", "min-max")).learners().get(0).placement())
        .isEqualTo(Placement.SHARED);
    assertThat(file.problems(scales.replace("min-max", "minmax")))
        .containsExactly(
            "elec2.yaml:7 features[0].scale: must be one of none, standard, min-max, robust, got"
                + " 'minmax', did you mean 'min-max'?");
  }

  @Test
  void textsCrossesBoundsAndMissingValuesAreListed() throws Exception {
    assertThat(
            file.read(
                    PipelineText.MINIMAL
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
            file.problems(
                PipelineText.MINIMAL
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
            file.read(
                    PipelineText.MINIMAL.replace(
                        "{topic: elec2.features}",
                        "{topic: t, format: csv, columns: [a, class], delimiter: \";\"}"))
                .input()
                .format())
        .isEqualTo(new Format.Csv(List.of("a", "class"), ';'));
    assertThat(
            file.problems(
                PipelineText.MINIMAL.replace("{topic: elec2.features}", "{topic: t, format: csv}")))
        .containsExactly(
            "elec2.yaml:2 input.columns: is required for format: csv: the names of the columns, in"
                + " order");
    assertThat(
            file.problems(
                PipelineText.MINIMAL.replace(
                        "elec2.features}", "t, format: csv, columns: [a, class]}")
                    + "features: [{field: a, type: map}]\n"))
        .containsExactly(
            "elec2.yaml:6 features[0].type: must be numeric, categorical or text for format: csv, got"
                + " 'map'");
  }

  @Test
  void fieldsOfCsvMustBeColumns() {
    assertThat(
            file.problems(
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
}
