package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.linear.LinearRegression.Hyper;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearRegressionTest {
  private static final int BITS = 8;
  private static final int NUMERIC = (1 << BITS) + 9;

  private final LinearRegressionProvider provider = new LinearRegressionProvider();

  @Test
  void twoStepsByHand() {
    LinearRegression model = model(1, "squared");
    assertThat(predicted(model, sparse(7, 2, 0))).isZero();

    // One target says nothing of its scale: the mean is all there is to learn.
    model.learn(sparse(7, 2, 10));
    assertThat(predicted(model, sparse(7, 2, 0))).isEqualTo(10);

    // Mean 15, deviation 5: e = 0 - 1; g = -2 (input 2) and -1 (intercept); n = 4 and 1;
    // h = 2²/(1+2) + 1/(1+1) = 11/6, s = 1/(1+h) = 6/17;
    // u = 6/17 · 2/3 = 4/17 and 6/17 · 1/2 = 3/17; 2 · 4/17 + 3/17 = 11/17.
    model.learn(sparse(7, 2, 20));
    assertThat(weight(model, 7)).isCloseTo(4 / 17f, within(1e-6f));
    assertThat(weight(model, FeatureVector.bias(BITS))).isCloseTo(3 / 17f, within(1e-6f));
    assertThat(predicted(model, sparse(7, 2, 0))).isCloseTo(15 + 5 * 11 / 17.0, within(1e-5));

    // Mean 40/3, deviation √(200/9): e = 11/17 + 0.707107 = 1.354166; g = 2.708332 and 1.354166;
    // n = 11.335063 and 2.833766; h = 4/4.366759 + 1/2.683379 = 1.288678; s = 0.436933;
    // u = 4/17 - s · 2.708332/4.366759 and 3/17 - s · 1.354166/2.683379.
    model.learn(sparse(7, 2, 10));
    assertThat(weight(model, 7)).isCloseTo(-0.035699f, within(2e-6f));
    assertThat(weight(model, FeatureVector.bias(BITS))).isCloseTo(-0.044028f, within(2e-6f));
    assertThat(model.examples()).isEqualTo(3);
  }

  @Test
  void anImplicitStepOfTheAbsoluteLossStopsAtTheTarget() {
    LinearRegression model = model(1_000, "absolute");
    model.learn(sparse(7, 1, 10));
    model.learn(sparse(7, 1, 20));
    assertThat(predicted(model, sparse(7, 1, 0))).isCloseTo(20, within(1e-4));
  }

  @Test
  void stepSharesByHand() {
    RegressionLoss squared = RegressionLoss.of("squared", 1);
    assertThat(squared.slope(-3)).isEqualTo(-3);
    assertThat(squared.slope(30)).isEqualTo(10);
    assertThat(squared.share(3, 4)).isEqualTo(0.2);
    RegressionLoss huber = RegressionLoss.of("huber", 2);
    assertThat(huber.slope(-5)).isEqualTo(-2);
    // Within reach of the quadratic part, at its edge, and too far for this step.
    assertThat(huber.share(1, 1)).isEqualTo(0.5);
    assertThat(huber.share(3, 1)).isEqualTo(0.75);
    assertThat(huber.share(5, 1)).isEqualTo(1);
    RegressionLoss absolute = RegressionLoss.of("absolute", 1);
    assertThat(absolute.slope(-5)).isEqualTo(-1);
    assertThat(absolute.share(3, 4)).isEqualTo(0.75);
    assertThat(absolute.share(3, 2)).isEqualTo(1);
    assertThat(absolute.share(0, 0)).isEqualTo(1);
  }

  @Property(seed = "1", tries = 200)
  void noStepPassesItsTarget(
      @ForAll("losses") String loss,
      @ForAll @DoubleRange(min = -50, max = 50) double error,
      @ForAll @DoubleRange(max = 1e12) double reach) {
    RegressionLoss of = RegressionLoss.of(loss, 1.345);
    double move = of.share(error, reach) * of.slope(error) * reach;
    assertThat(Math.abs(move)).isLessThanOrEqualTo(Math.abs(error) * (1 + 1e-12));
    assertThat(move * error).isNotNegative();
  }

  @Provide
  Arbitrary<String> losses() {
    return Arbitraries.of(Hyper.LOSSES);
  }

  @Property(seed = "1", tries = 60)
  void unitsOfTargetAndInputsDoNotMatter(
      @ForAll("losses") String loss,
      @ForAll @IntRange(max = 1_000) int seed,
      @ForAll @IntRange(min = -20, max = 20) int targetPower,
      @ForAll @IntRange(min = -20, max = 20) int inputPower) {
    LinearRegression plain = model(0.5, loss);
    LinearRegression scaled = model(0.5, loss);
    double targetUnit = Math.pow(2, targetPower);
    float inputUnit = (float) Math.pow(2, inputPower);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      float input = (float) random.nextDouble();
      int category = random.nextInt(3);
      double target = 7 * input + 3 * category + random.nextDouble();
      Example one = both(input, category, target);
      Example other = both(inputUnit * input, category, targetUnit * target);
      assertThat(predicted(scaled, other)).isEqualTo(targetUnit * predicted(plain, one));
      plain.learn(one);
      scaled.learn(other);
    }
  }

  @ParameterizedTest
  @CsvSource({"10000, 1", "1, 1000000", "0.001, 0.00001", "10000, 1000000"})
  void decimalUnitsDifferByRoundingOnly(double targetUnit, float inputUnit) {
    LinearRegression plain = model(0.5, "squared");
    LinearRegression scaled = model(0.5, "squared");
    for (int i = 0; i < 1_000; i++) {
      float input = 1 + i * 37 % 100;
      double target = 3_000 + 20 * input;
      double expected = predicted(plain, both(input, 1, target));
      assertThat(predicted(scaled, both(inputUnit * input, 1, targetUnit * target)))
          .isCloseTo(targetUnit * expected, within(1e-3 * targetUnit * Math.abs(expected)));
      plain.learn(both(input, 1, target));
      scaled.learn(both(inputUnit * input, 1, targetUnit * target));
    }
    double deviation = 20 * 29;
    assertThat(predicted(plain, both(80, 1, 0))).isCloseTo(4_600, within(0.05 * deviation));
  }

  @Test
  void aLinearTargetIsFoundFromInputsThatDiffer() {
    LinearRegression model = new LinearRegression(BITS, Hyper.DEFAULT);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 5_000; i++) {
      model.learn(line(random));
    }
    double squares = 0;
    for (int i = 0; i < 500; i++) {
      Example example = line(random);
      squares += Math.pow(predicted(model, example) - example.target(), 2);
    }
    // The target's deviation is about 2,900.
    assertThat(Math.sqrt(squares / 500)).isLessThan(60);
  }

  @Test
  void theFirstPredictionsAreTheMeanOfWhatWasSeen() {
    LinearRegression model = new LinearRegression(BITS, Hyper.DEFAULT);
    assertThat(predicted(model, both(3, 1, 0))).isZero();
    model.learn(both(3, 1, 5_000));
    assertThat(predicted(model, both(1e9f, 2, 0))).isEqualTo(5_000);
    model.learn(both(3, 1, 5_000));
    assertThat(predicted(model, both(-1e9f, 2, 0))).isEqualTo(5_000);
  }

  @Test
  void anAbsurdTargetMovesThePredictionsLittle() {
    LinearRegression model = new LinearRegression(BITS, Hyper.DEFAULT);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 5_000; i++) {
      model.learn(line(random));
    }
    Example example = line(random);
    double before = predicted(model, example);
    Example absurd = line(random);
    absurd.label("1e300", 1e300);
    model.learn(absurd);
    assertThat(predicted(model, example)).isCloseTo(before, within(12_000.0));
    for (int i = 0; i < 1_000; i++) {
      model.learn(line(random));
    }
    assertThat(predicted(model, example)).isCloseTo(before, within(600.0));
  }

  @Test
  void aNewLevelOfTheTargetIsCaughtUpWith() {
    LinearRegression model = new LinearRegression(BITS, Hyper.DEFAULT);
    for (int i = 0; i < 2_000; i++) {
      model.learn(both(i % 10, 1, i % 10));
    }
    for (int i = 0; i < 2_000; i++) {
      model.learn(both(i % 10, 1, 1_000_000 + i % 10));
    }
    assertThat(predicted(model, both(5, 1, 0))).isCloseTo(1_000_000, within(50_000.0));
  }

  @Test
  void theAbsoluteLossLearnsTheMedianAndTheSquaredOneTheMean() {
    LinearRegression mean = model(0.5, "squared");
    LinearRegression median = model(0.5, "absolute");
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      double target = random.nextInt(5) == 0 ? 100 : 10;
      mean.learn(sparse(7, 1, target));
      median.learn(sparse(7, 1, target));
    }
    assertThat(predicted(mean, sparse(7, 1, 0))).isCloseTo(28, within(6.0));
    assertThat(predicted(median, sparse(7, 1, 0))).isCloseTo(10, within(1.0));
  }

  @Property(seed = "1")
  void nothingIsEverInfiniteOrOutOfTheTargetsReach(
      @ForAll @Size(min = 1, max = 40) List<@FloatRange(min = -1e38f, max = 1e38f) Float> inputs,
      @ForAll @Size(min = 40, max = 40)
          List<@DoubleRange(min = -1e308, max = 1e308) Double> targets,
      @ForAll("losses") String loss,
      @ForAll @DoubleRange(max = 1e300) double weight) {
    LinearRegression model = model(1_000, loss);
    for (int i = 0; i < inputs.size(); i++) {
      Example example = both(inputs.get(i), 3, targets.get(i));
      example.features().addSparse(4, inputs.get(i));
      example.weigh(weight);
      assertThat(predicted(model, example)).isBetween(-1.1e141, 1.1e141);
      model.learn(example);
      provider.read(provider.write(model), settings(Map.of()));
    }
  }

  @Property(seed = "1", tries = 100)
  void predictionsOfNTargetsStayWithinTheirDeviations(
      @ForAll @Size(min = 2, max = 60)
          List<@DoubleRange(min = -1_000, max = 1_000) Double> targets) {
    LinearRegression model = model(1_000, "squared");
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < targets.size(); i++) {
      model.learn(both(i * i, i % 3, targets.get(i)));
      least = Math.min(least, targets.get(i));
      most = Math.max(most, targets.get(i));
      double reach = (most - least) * Math.min(10, Math.sqrt(i));
      assertThat(predicted(model, both(1e30f, 1, 0)))
          .isBetween(least - reach - 1e-6, most + reach + 1e-6);
    }
  }

  @Test
  void hyperparametersAreWhatThePipelineFileMaySet() {
    assertThat(Hyper.of(settings(Map.of()))).isEqualTo(Hyper.DEFAULT);
    assertThat(Hyper.of(settings(Map.of("loss", "huber", "delta", 2.0, "alpha", 0.3))))
        .isEqualTo(new Hyper("huber", 2, new LogisticRegression.Hyper(0.3, 0.3, 1, 0, 0)));
    assertThat(provider.hyperparameters())
        .extracting(Hyperparameter::name)
        .containsExactly("alpha", "beta", "l1", "l2", "loss", "delta");
    assertThat(provider.hyperparameters())
        .extracting(Hyperparameter::rule)
        .endsWith("must be one of squared, absolute, huber", "must be > 0 and <= 10");
    assertThat(provider.hyperparameters())
        .extracting(Hyperparameter::defaultText)
        .containsExactly("0.5", "1", "0", "0", "squared", "1.345");
  }

  @Test
  void hyperparametersMustBeInRange() {
    assertThatThrownBy(() -> Hyper.of(settings(Map.of("loss", "cubic"))))
        .hasMessage("loss must be one of squared, absolute, huber, got 'cubic'");
    assertThatThrownBy(() -> Hyper.of(settings(Map.of("loss", "huber", "delta", 0.0))))
        .hasMessage("delta must be > 0 and <= 10, got 0.0");
    assertThatThrownBy(() -> Hyper.of(settings(Map.of("alpha", -1.0))))
        .hasMessage("alpha must be > 0 and <= 1000000, got -1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"logistic-regression", "linear-regression"})
  void aModelOfAnotherTypeOrOtherCoordinatesIsRefused(String type) {
    byte[] bytes = LinearModelFormat.write(type, model(1, "squared").state(), 0);
    LearnerSettings wider = new LearnerSettings(Target.numeric(), 9, Map.of(), 1);
    assertThatThrownBy(() -> provider.read(bytes, wider))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining(type.startsWith("linear") ? "hashBits must be 9" : type);
  }

  private static Example line(SplittableRandom random) {
    float small = (float) random.nextDouble();
    float large = (float) (5e6 + 1e6 * random.nextDouble());
    Example example = both(small, 1, 10_000 * small + 1e-3 * (large - 5e6));
    example.features().addNumeric(NUMERIC + 1, large);
    return example;
  }

  private static LearnerSettings settings(Map<String, ? extends Serializable> hyper) {
    return new LearnerSettings(Target.numeric(), BITS, hyper, 1);
  }

  private static LinearRegression model(double alpha, String loss) {
    return new LinearRegression(
        BITS, new Hyper(loss, 1.345, new LogisticRegression.Hyper(alpha, alpha, 1, 0, 0)));
  }

  private static float weight(LinearRegression model, int coordinate) {
    return model.state().floats(new int[] {coordinate}, CoordinateTable.U)[0];
  }

  private static double predicted(LinearRegression model, Example example) {
    Prediction prediction = new Prediction();
    model.predict(example, prediction);
    return prediction.value();
  }

  private static Example both(float number, int category, double target) {
    Example example = sparse(category, 1, target);
    example.features().addNumeric(NUMERIC, number);
    return example;
  }

  private static Example sparse(int coordinate, float value, double target) {
    Example example = new Example();
    example.clear();
    example.features().addSparse(coordinate, value);
    example.label(Double.toString(target), target);
    return example;
  }
}
