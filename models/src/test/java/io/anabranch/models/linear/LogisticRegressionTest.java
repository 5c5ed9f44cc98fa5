package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
  private static final int BITS = 8;
  private static final int NUMERIC = (1 << BITS) + 9;

  private final LogisticRegressionProvider provider = new LogisticRegressionProvider();

  @Test
  void unsetAlphaIsByKindOfInput() {
    assertThat(Hyper.of(settings(Map.of()))).isEqualTo(new Hyper(1.6, 0.1, 1, 0, 0));
    assertThat(Hyper.of(settings(Map.of("alpha", 0.3, "beta", 2.0, "l1", 1.0, "l2", 3.0))))
        .isEqualTo(new Hyper(0.3, 0.3, 2, 1, 3));
  }

  @Test
  void hyperparametersMustBeInRange() {
    assertThatThrownBy(() -> Hyper.of(settings(Map.of("alpha", -1.0))))
        .hasMessage("alpha must be > 0 and <= 1000000, got -1.0");
    assertThatThrownBy(() -> Hyper.of(settings(Map.of("beta", 0.0))))
        .hasMessage("beta must be > 0 and <= 1000000, got 0.0");
    assertThatThrownBy(() -> Hyper.of(settings(Map.of("l1", Double.NaN))))
        .hasMessage("l1 must be between 0 and 1000000, got NaN");
    assertThatThrownBy(() -> Hyper.of(settings(Map.of("l2", -0.5))))
        .hasMessage("l2 must be between 0 and 1000000, got -0.5");
  }

  @Test
  void whatThePipelineFileMaySetIsWhatTheModelTakes() {
    assertThat(provider.hyperparameters())
        .extracting(Hyperparameter::name)
        .containsExactly("alpha", "beta", "l1", "l2", "intercept");
    assertThat(provider.hyperparameters().get(0).rule()).isEqualTo("must be > 0 and <= 1000000");
    assertThat(provider.hyperparameters().get(0).defaultText())
        .isEqualTo("1.6 for numeric inputs and the intercept, 0.1 for hashed ones");
  }

  @Test
  void unitsOfANumberDoNotMatter() {
    LogisticRegression metres = new LogisticRegression(BITS, Hyper.DEFAULT);
    LogisticRegression kilometres = new LogisticRegression(BITS, Hyper.DEFAULT);
    for (int i = 0; i < 500; i++) {
      float distance = 1 + i * 37 % 100;
      double target = distance > 40 ? 1 : 0;
      assertThat(probability(kilometres, number(target, distance)))
          .isCloseTo(probability(metres, number(target, 1_000 * distance)), within(1e-4));
      metres.learn(number(target, 1_000 * distance));
      kilometres.learn(number(target, distance));
    }
    assertThat(probability(metres, number(0, 90_000))).isGreaterThan(0.9);
    assertThat(probability(metres, number(0, 2_000))).isLessThan(0.1);
  }

  @Test
  void aConstantNumberSaysNothing() {
    LogisticRegression model = new LogisticRegression(BITS, Hyper.DEFAULT);
    for (int i = 0; i < 100; i++) {
      model.learn(number(1, 0.1f));
    }
    assertThat(weight(model, NUMERIC)).isZero();
    assertThat(weight(model, FeatureVector.bias(BITS))).isPositive();
  }

  @Test
  void anOutlierCountsAsThreeDeviations() {
    LogisticRegression model = new LogisticRegression(BITS, Hyper.DEFAULT);
    for (int i = 0; i < 1_000; i++) {
      model.learn(number(i % 2, i % 2));
    }
    double usual = probability(model, number(0, 3));
    assertThat(probability(model, number(0, 1e30f))).isCloseTo(usual, within(0.01));
  }

  @Test
  void aMissingFeatureIsNotZero() {
    LogisticRegression model = new LogisticRegression(BITS, Hyper.DEFAULT);
    for (int i = 0; i < 200; i++) {
      model.learn(number(i % 2, 10 + i % 2));
    }
    Example missing = number(0, 0);
    missing.features().clear();
    assertThat(probability(model, missing)).isCloseTo(0.5, within(0.1));
    assertThat(probability(model, number(0, 0))).isLessThan(0.1);
  }

  @Test
  void aWeightOfTwoIsAGradientTwiceAsLarge() {
    LogisticRegression model = new LogisticRegression(BITS, new Hyper(1, 1, 1, 0, 0));
    Example example = sparse(1, 3);
    example.weigh(2);
    model.learn(example);
    // g = 2 (1/2 - 1) = -1, n = 1, u = 1 / (1 + 1)
    assertThat(weight(model, 3)).isEqualTo(0.5f);
  }

  @Test
  void strongL1KeepsWeightsAtZero() {
    LogisticRegression model = new LogisticRegression(BITS, new Hyper(1, 1, 1, 1_000, 0));
    for (int i = 0; i < 100; i++) {
      model.learn(sparse(1, 3));
    }
    assertThat(probability(model, sparse(1, 3))).isEqualTo(0.5);
  }

  @Property(seed = "1")
  void whateverIsLearnedProbabilitiesAreProbabilities(
      @ForAll @Size(min = 1, max = 30) List<@FloatRange(min = -1e38f, max = 1e38f) Float> values,
      @ForAll @IntRange(max = 255) int coordinate,
      @ForAll boolean regularised) {
    Hyper hyper = regularised ? new Hyper(5, 5, 0.01, 0.1, 0.1) : Hyper.DEFAULT;
    LogisticRegression model = new LogisticRegression(BITS, hyper);
    for (float value : values) {
      Example example = number(value > 0 ? 1 : 0, value);
      example.features().addSparse(coordinate, value);
      model.learn(example);
      assertThat(probability(model, example)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aModelOfOtherCoordinatesIsRefused() {
    byte[] bytes = provider.write(provider.create(settings(Map.of())));
    LearnerSettings wider = new LearnerSettings(Target.binary("1"), 9, Map.of(), 1);
    assertThatThrownBy(() -> provider.read(bytes, wider))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage(
            "hashBits must be 9 as in the settings, got 8: the model has other coordinates");
  }

  @Test
  void aStateThatNoModelCanHaveIsRefused() {
    refused(state(-1, new int[0], 0, 0, 1), "examples must be >= 0, got -1");
    refused(
        state(1, new int[] {5, 5}, 0, 0, 1),
        "coordinates must ascend from 0 and be < 1024, got 5 after 5");
    refused(
        state(1, new int[] {1024}, 0, 0, 1),
        "coordinates must ascend from 0 and be < 1024, got 1024 after -1");
    refused(
        state(1, new int[] {5}, Float.NaN, 0, 1),
        "u must be finite and n finite and >= 0, got NaN and 0.0");
    refused(
        state(1, new int[] {5}, 1, -2, 1),
        "u must be finite and n finite and >= 0, got 1.0 and -2.0");
    refused(
        state(1, new int[] {5}, 1, 2, 0),
        "moments must be count >= 1, mean, M2 >= 0, all finite, got 0.0, 1.0, 1.0");
  }

  @Test
  void statisticsThatNoScaleCanHaveAreRefused() {
    refused(
        statistics(new int[] {2 << BITS | 5}, new double[] {2, 4, 3}, new int[0], new double[0]),
        "a range must be count >= 1, minimum, maximum >= it, all finite, got 2.0, 4.0, 3.0");
    refused(
        statistics(new int[0], new double[0], new int[] {NUMERIC}, new double[18]),
        "coordinates must ascend from 768 and be < 1024, got 265 after 767");
    double[] quartiles = new double[18];
    for (int i = 0; i < 9; i++) {
      quartiles[i] = 9 - i;
      quartiles[9 + i] = i + 1;
    }
    refused(
        statistics(new int[0], new double[0], new int[] {800}, quartiles),
        "quartiles must be finite heights and whole positions, both ascending, at coordinate 800");
  }

  @Test
  void everyScaleLivesInTheStateOfTheModel() {
    LearnerSettings settings = settings(Map.of());
    LogisticRegression model = new LogisticRegression(BITS, Hyper.DEFAULT);
    for (int i = 0; i < 50; i++) {
      model.learn(onAllScales(i));
    }
    Learner restored = provider.read(provider.write(model), settings);
    for (int i = 50; i < 100; i++) {
      model.learn(onAllScales(i));
      restored.learn(onAllScales(i));
    }
    assertThat(provider.write(restored)).isEqualTo(provider.write(model));
    assertThat(model.state().scaling.quartiles().size()).isEqualTo(1);
    assertThat(model.state().scaling.mergeable().size()).isEqualTo(2);
    assertThat(model.state().floats(new int[] {NUMERIC, 2 << BITS | 9, 3 << BITS | 9}, 1))
        .doesNotContain(0);
  }

  @Test
  void aReplicaIsWrittenAsItSeesTheModel() {
    LearnerSettings settings = settings(Map.of());
    LogisticRegression model = new LogisticRegression(BITS, Hyper.DEFAULT);
    SharedLogisticRegression replica = new SharedLogisticRegression(BITS, Hyper.DEFAULT);
    for (int i = 0; i < 50; i++) {
      model.learn(number(i % 2, i % 5));
      replica.learn(number(i % 2, i % 5));
    }
    assertThat(provider.write(replica)).isEqualTo(provider.write(model));
    assertThat(provider.read(provider.write(replica), settings).examples()).isEqualTo(50);
  }

  private void refused(byte[] bytes, String message) {
    assertThatThrownBy(() -> provider.read(bytes, settings(Map.of())))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage(message);
  }

  private static byte[] state(long examples, int[] coordinates, float u, float n, double count) {
    float[] us = new float[coordinates.length];
    float[] ns = new float[coordinates.length];
    java.util.Arrays.fill(us, u);
    java.util.Arrays.fill(ns, n);
    ModelWriter out = new ModelWriter("logistic-regression", 1);
    out.writeInt(BITS);
    out.writeLong(examples);
    out.writeInts(coordinates, 0, coordinates.length);
    out.writeFloats(us, 0, us.length);
    out.writeFloats(ns, 0, ns.length);
    out.writeInts(new int[] {NUMERIC}, 0, 1);
    out.writeDoubles(new double[] {count, 1, 1}, 0, 3);
    return out.finish();
  }

  private static byte[] statistics(
      int[] coordinates, double[] values, int[] robust, double[] quartiles) {
    ModelWriter out = new ModelWriter("logistic-regression", 2);
    out.writeInt(BITS);
    out.writeLong(1);
    out.writeInts(new int[0], 0, 0);
    out.writeFloats(new float[0], 0, 0);
    out.writeFloats(new float[0], 0, 0);
    out.writeInts(coordinates, 0, coordinates.length);
    out.writeDoubles(values, 0, values.length);
    out.writeInts(robust, 0, robust.length);
    out.writeDoubles(quartiles, 0, quartiles.length);
    return out.finish();
  }

  private static Example onAllScales(int i) {
    Example example = number(i % 3 == 0 ? 1 : 0, i % 7);
    example.features().addNumeric(2 << BITS | 9, 1_000 + i % 5);
    example.features().addNumeric(3 << BITS | 9, -i % 11);
    return example;
  }

  private static LearnerSettings settings(Map<String, Double> hyper) {
    return new LearnerSettings(Target.binary("1"), BITS, hyper, 1);
  }

  private static float weight(LogisticRegression model, int coordinate) {
    return model.state().floats(new int[] {coordinate}, CoordinateTable.U)[0];
  }

  private static double probability(LogisticRegression model, Example example) {
    Prediction prediction = new Prediction();
    model.predict(example, prediction);
    return prediction.probability();
  }

  private static Example number(double target, float value) {
    Example example = new Example();
    example.clear();
    example.features().addNumeric(NUMERIC, value);
    example.label(target == 1 ? "1" : "0", target);
    return example;
  }

  private static Example sparse(double target, int coordinate) {
    Example example = number(target, 0);
    example.features().clear();
    example.features().addSparse(coordinate, 1);
    return example;
  }
}
