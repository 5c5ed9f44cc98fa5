package io.anabranch.models.metrics;

import static io.anabranch.models.metrics.Scoring.BINARY;
import static io.anabranch.models.metrics.Scoring.decision;
import static io.anabranch.models.metrics.Scoring.multiclass;
import static io.anabranch.models.metrics.Scoring.numeric;
import static io.anabranch.models.metrics.Scoring.probability;
import static io.anabranch.models.metrics.Scoring.sketch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PrequentialSketchTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  @Test
  void usageExample() {
    PrequentialSketch sketch = new PrequentialSketch(BINARY);
    Prediction prediction = new Prediction();
    Example example = new Example();
    example.label("yes", 1);

    prediction.binary(0.8); // by the model, before it learns the example
    sketch.score(prediction, example);

    assertThat(sketch.scored()).isEqualTo(1);
    assertThat(sketch.figures().get("accuracy")).isEqualTo(1);
    assertThat(sketch.figures().get("logLoss")).isEqualTo(-Math.log(0.8));
  }

  /** scikit-learn's user guide: cohen_kappa_score(labeling1, labeling2) = 0.4285714285714286. */
  @Test
  void kappaIsThatOfTheUserGuideOfScikitLearn() {
    int[] first = {2, 0, 2, 2, 0, 1};
    int[] second = {0, 0, 2, 2, 0, 2};
    List<Scoring> scorings = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      scorings.add(multiclass("c" + first[i], "c" + second[i]));
    }
    PrequentialSketch sketch = sketch(Target.multiclass(), scorings);
    assertThat(sketch.figures().get("kappa")).isCloseTo(0.4285714285714286, ROUNDING);
    assertThat(sketch.figures().get("accuracy")).isCloseTo(4 / 6.0, ROUNDING);
  }

  /**
   * By hand: 20 + 15 of 50 agree, p0 = 0.7; margins 25/50 and 30/50 of yes: pe = 0.5·0.6 + 0.5·0.4
   * = 0.5; kappa = 0.2 / 0.5 (the textbook example of Cohen's kappa).
   */
  @Test
  void binaryKappaIsThatOfTheTextbook() {
    List<Scoring> scorings = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      boolean predicted = i < 25;
      boolean actual = i < 20 || (i >= 25 && i < 35);
      scorings.add(decision(predicted, actual));
    }
    assertThat(sketch(BINARY, scorings).figures().get("kappa")).isCloseTo(0.4, ROUNDING);
  }

  /**
   * By hand: labels 1 1 0 0 0 1, predictions 1 1 1 0 0 1. Of the five that follow another, four are
   * right and three repeat the label before: (0.8 − 0.6) / (1 − 0.6).
   */
  @Test
  void temporalKappaComparesWithTheLabelBefore() {
    PrequentialSketch sketch =
        sketch(
            BINARY,
            List.of(
                decision(true, true),
                decision(true, true),
                decision(true, false),
                decision(false, false),
                decision(false, false),
                decision(true, true)));
    assertThat(sketch.figures().get("kappaTemporal")).isCloseTo(0.5, ROUNDING);
  }

  @Test
  void noChangeHasATemporalKappaOfZero() {
    PrequentialSketch sketch = new PrequentialSketch(BINARY);
    boolean previous = false;
    for (int i = 0; i < 100; i++) {
      boolean label = i % 7 < 3;
      decision(previous, label).in(sketch);
      previous = label;
    }
    assertThat(sketch.figures().get("kappaTemporal")).isCloseTo(0, ROUNDING);
  }

  @Test
  void aSequenceShippedInChunksStaysOneSequence() {
    PrequentialSketch whole = new PrequentialSketch(BINARY);
    PrequentialSketch chunk = new PrequentialSketch(BINARY);
    PrequentialSketch merged = new PrequentialSketch(BINARY);
    for (int i = 0; i < 100; i++) {
      Scoring scoring = decision(i % 3 == 0, i % 5 < 2);
      scoring.in(whole);
      scoring.in(chunk);
      if (i % 10 == 9) {
        merged.merge(chunk);
        chunk.clear();
      }
    }
    assertThat(merged.figures()).isEqualTo(whole.figures());
  }

  /** scikit-learn's documentation of log_loss: 0.21616... */
  @Test
  void multiclassLogLossIsThatOfTheDocumentationOfScikitLearn() {
    String[] classes = {"ham", "spam"};
    PrequentialSketch sketch =
        sketch(
            Target.multiclass(),
            List.of(
                multiclass("spam", "spam", classes, 0.1, 0.9),
                multiclass("ham", "ham", classes, 0.9, 0.1),
                multiclass("ham", "ham", classes, 0.8, 0.2),
                multiclass("spam", "spam", classes, 0.35, 0.65)));
    assertThat(sketch.figures().get("logLoss")).isCloseTo(0.21616, within(1e-5));
  }

  @Test
  void binaryLogLossIsTheMeanOfTheNegativeLogarithms() {
    PrequentialSketch sketch =
        sketch(BINARY, List.of(probability(0.9, true), probability(0.3, false)));
    assertThat(sketch.figures().get("logLoss"))
        .isCloseTo((-Math.log(0.9) - Math.log(0.7)) / 2, ROUNDING);
  }

  @Test
  void aWrongCertaintyCostsAsMuchAsAProbabilityOf1e15() {
    PrequentialSketch binary = sketch(BINARY, List.of(probability(1, false)));
    PrequentialSketch unseen =
        sketch(
            Target.multiclass(), List.of(multiclass("a", "never seen", new String[] {"a"}, 1.0)));
    assertThat(binary.figures().get("logLoss")).isEqualTo(-Math.log(1e-15));
    assertThat(unseen.figures().get("logLoss")).isEqualTo(-Math.log(1e-15));
  }

  /** scikit-learn's documentation of roc_auc_score: 0.75. */
  @Test
  void aucIsThatOfTheDocumentationOfScikitLearn() {
    PrequentialSketch sketch =
        sketch(
            BINARY,
            List.of(
                probability(0.1, false),
                probability(0.4, false),
                probability(0.35, true),
                probability(0.8, true)));
    assertThat(sketch.figures().get("auc")).isEqualTo(0.75);
  }

  @Test
  void equalScoresAreTies() {
    PrequentialSketch sketch =
        sketch(BINARY, List.of(probability(0.3, false), probability(0.3, true)));
    assertThat(sketch.figures().get("auc")).isEqualTo(0.5);
  }

  /**
   * By hand, 15 bins: 0.95 and 0.97 fall into the last (14/15, 1], one of them right: |1 − 1.92|;
   * 0.6 into (8/15, 9/15] and is right: |1 − 0.6|. In all (0.92 + 0.4) / 3.
   */
  @Test
  void calibrationErrorIsTheMeanGapOfConfidenceAndAccuracy() {
    PrequentialSketch sketch =
        sketch(
            BINARY,
            List.of(probability(0.95, true), probability(0.03, true), probability(0.6, true)));
    assertThat(sketch.figures().get("ece")).isCloseTo(1.32 / 3, ROUNDING);
  }

  @Test
  void multiclassCalibrationIsThatOfThePredictedClass() {
    String[] classes = {"a", "b", "c"};
    PrequentialSketch sketch =
        sketch(
            Target.multiclass(),
            List.of(
                multiclass("a", "a", classes, 0.5, 0.3, 0.2),
                multiclass("a", "b", classes, 0.5, 0.3, 0.2)));
    assertThat(sketch.figures().get("ece")).isCloseTo(0, ROUNDING);
  }

  /** scikit-learn's documentation: MAE 0.5, MSE 0.375, R² 0.948... */
  @Test
  void numericFiguresAreThoseOfTheDocumentationOfScikitLearn() {
    PrequentialSketch sketch =
        sketch(
            Target.numeric(),
            List.of(numeric(2.5, 3), numeric(0.0, -0.5), numeric(2, 2), numeric(8, 7)));
    assertThat(sketch.figures().get("mae")).isCloseTo(0.5, ROUNDING);
    assertThat(sketch.figures().get("rmse")).isCloseTo(Math.sqrt(0.375), ROUNDING);
    assertThat(sketch.figures().get("r2")).isCloseTo(0.9486081370449679, ROUNDING);
    assertThat(sketch.figures()).containsOnlyKeys("mae", "rmse", "r2");
  }

  @Test
  void aLargeMeanDoesNotSwallowTheSpread() {
    PrequentialSketch sketch = new PrequentialSketch(Target.numeric());
    PrequentialSketch half = new PrequentialSketch(Target.numeric());
    for (int i = 0; i < 1_000; i++) {
      double actual = 1e9 + i % 2;
      numeric(1e9 + 0.5, actual).in(i < 300 ? sketch : half);
    }
    sketch.merge(half);
    assertThat(sketch.figures().get("r2")).isCloseTo(0, within(1e-6));
  }

  @Test
  void figuresThatAreUndefinedAreLeftOut() {
    assertThat(new PrequentialSketch(BINARY).figures()).isEmpty();
    assertThat(sketch(BINARY, List.of(decision(true, false), decision(true, true))).figures())
        .containsOnlyKeys("accuracy", "kappa", "kappaTemporal");
    assertThat(sketch(BINARY, List.of(probability(0.7, true))).figures())
        .containsOnlyKeys("accuracy", "logLoss", "ece");
    assertThat(sketch(Target.numeric(), List.of(numeric(1, 2), numeric(3, 2))).figures())
        .isEqualTo(Map.of("mae", 1.0, "rmse", 1.0));
    assertThat(sketch(Target.numeric(), List.of(numeric(Double.NaN, 2), numeric(3, 1))).figures())
        .isEmpty();
  }

  @Test
  void whatHasNoLabelOrIsOfAnotherKindIsNotScored() {
    PrequentialSketch sketch = new PrequentialSketch(BINARY);
    Prediction prediction = new Prediction();
    prediction.binary(0.5);
    sketch.score(prediction, new Example());
    numeric(1, 1).in(sketch);
    assertThat(sketch.isEmpty()).isTrue();
    PrequentialSketch none = new PrequentialSketch(new Target(TargetType.NONE, "", List.of()));
    Example example = new Example();
    example.label("1", 1);
    prediction.clear();
    none.score(prediction, example);
    assertThat(none.isEmpty()).isTrue();
  }

  @Test
  void clearForgetsEverything() {
    PrequentialSketch sketch = sketch(BINARY, List.of(probability(0.7, true)));
    sketch.clear();
    assertThat(sketch.isEmpty()).isTrue();
    assertThat(sketch.figures()).isEmpty();
    assertThat(Scoring.bytes(sketch)).isEqualTo(Scoring.bytes(new PrequentialSketch(BINARY)));
  }

  @Test
  void anotherKindOfTargetIsNotMerged() {
    PrequentialSketch sketch = new PrequentialSketch(BINARY);
    assertThatThrownBy(() -> sketch.merge(new PrequentialSketch(Target.numeric())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a sketch of a BINARY target must be merged with its like, got NUMERIC");
  }
}
