package io.anabranch.models.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.bayes.NaiveBayes.Hyper;
import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.LearnerSettings;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NaiveBayesTest {
  private static final int BITS = 8;
  private static final int NUMBER = (1 << BITS) + 9;
  private static final int DAY = -77;
  private static final int WORDS = 78;
  // No probability is below 1e-6 / 2.
  private static final double FLOOR = 1e-6;

  @Test
  void aNumberByHand() {
    NaiveBayes model = binary();
    model.learn(number(1, 1));
    model.learn(number(1, 3));
    model.learn(number(0, 7));

    // All: mean 11/3, s² = 56/9. Positive: mean 2, M2 2, so (2 + 56/9) / 3 = 74/27; negative: mean
    // 7, M2 0, so (0 + 56/9) / 2 = 28/9.
    double positive = 2 * Math.exp(-4 / (2 * 74 / 27.0)) / Math.sqrt(74 / 27.0);
    double negative = 1 * Math.exp(-9 / (2 * 28 / 9.0)) / Math.sqrt(28 / 9.0);
    assertThat(probability(model, number(0, 4)))
        .isCloseTo(positive / (positive + negative), within(FLOOR))
        .isCloseTo(0.81355, within(1e-5));
  }

  @Test
  void aCategoryByHand() {
    NaiveBayes model = binary();
    model.learn(entry(1, 3, 1, DAY));
    model.learn(entry(1, 3, 1, DAY));
    model.learn(entry(1, 4, -1, DAY));
    model.learn(entry(0, 4, -1, DAY));

    // (2 + 1) / (3 + 2) against (0 + 1) / (1 + 2), three positives to one negative.
    assertThat(probability(model, entry(0, 3, 1, DAY))).isCloseTo(27 / 32.0, within(FLOOR));
    assertThat(probability(model, entry(0, 5, 1, DAY)))
        .as("a category never seen says nothing")
        .isCloseTo(3 / 4.0, within(FLOOR));
  }

  @Test
  void wordsByHand() {
    NaiveBayes model = binary();
    model.learn(entry(1, 3, -2, WORDS));
    model.learn(entry(0, 4, 1, WORDS));

    // Three times (2 + 1) / (2 + 2) against three times (0 + 1) / (1 + 2); the sign is the hash's.
    double positive = Math.pow(3 / 4.0, 3);
    double negative = Math.pow(1 / 3.0, 3);
    assertThat(probability(model, entry(0, 3, -3, WORDS)))
        .isCloseTo(positive / (positive + negative), within(FLOOR));
  }

  @Test
  void aClassWithoutExamplesKeepsItsShare() {
    NaiveBayes model = binary();
    for (int i = 0; i < 3; i++) {
      model.learn(number(1, i));
    }
    assertThat(probability(model, number(1, 1))).isCloseTo(4 / 5.0, within(FLOOR));
  }

  @Test
  void aNumberThatNeverVariedSaysNothing() {
    NaiveBayes model = binary();
    for (int i = 0; i < 30; i++) {
      model.learn(number(i % 3 == 0 ? 1 : 0, 0.1f));
    }
    assertThat(probability(model, number(0, 5))).isCloseTo(1 / 3.0, within(FLOOR));
  }

  @Test
  void aNumberThatVariesInOneClassOnlyForbidsNothing() {
    NaiveBayes model = binary();
    for (int i = 0; i < 100; i++) {
      model.learn(number(1, 0));
      model.learn(number(0, i % 10));
    }
    assertThat(probability(model, number(0, 0))).isGreaterThan(0.9);
    assertThat(probability(model, number(0, 0.1f))).isBetween(0.5, 0.99);
    assertThat(probability(model, number(0, 5))).isLessThan(0.01);
  }

  @Test
  void unitsOfANumberDoNotMatter() {
    NaiveBayes metres = binary();
    NaiveBayes kilometres = binary();
    for (int i = 0; i < 500; i++) {
      float distance = 1 + i * 37 % 100;
      double target = distance > 40 ? 1 : 0;
      assertThat(probability(kilometres, number(target, distance)))
          .isCloseTo(probability(metres, number(target, 1_000 * distance)), within(1e-9));
      metres.learn(number(target, 1_000 * distance));
      kilometres.learn(number(target, distance));
    }
  }

  @Test
  void classesJoinWhenTheyCome() {
    NaiveBayes model = new NaiveBayes(Target.multiclass(), BITS, Hyper.DEFAULT);
    assertThat(predict(model, number(0, 1)).label()).isEmpty();
    for (int i = 0; i < 90; i++) {
      // The third class comes late; the tables have to widen for it.
      String label = List.of("low", "high", "middle").get(i < 30 ? i % 2 : i % 3);
      model.learn(of(label, label.equals("low") ? i % 7 : label.equals("high") ? 90 + i % 7 : 50));
    }
    assertThat(predict(model, number(0, 2)).label()).isEqualTo("low");
    assertThat(predict(model, number(0, 51)).label()).isEqualTo("middle");
    assertThat(predict(model, number(0, 93)).label()).isEqualTo("high");
    assertThat(predict(model, number(0, 93)).className(2)).isEqualTo("middle");
  }

  @Test
  void declaredClassesAreKnownBeforeTheyCome() {
    Target target = new Target(TargetType.MULTICLASS, "", List.of("b", "a"));
    NaiveBayes model = new NaiveBayes(target, BITS, Hyper.DEFAULT);
    Prediction untrained = predict(model, number(0, 1));
    assertThat(untrained.label()).isEmpty();
    assertThat(untrained.className(0)).isEqualTo("b");
    assertThat(untrained.classProbability(1)).isCloseTo(0.5, within(1e-12));
    model.learn(of("a", 1));
    assertThat(predict(model, number(0, 1)).label()).isEqualTo("a");
    assertThat(predict(model, number(0, 1)).classProbability(1)).isCloseTo(2 / 3.0, within(FLOOR));
  }

  @Test
  void smoothingMustBeInRange() {
    assertThat(Hyper.of(settings(Map.of()))).isEqualTo(new Hyper(1));
    assertThat(Hyper.of(settings(Map.of("smoothing", 0.5)))).isEqualTo(new Hyper(0.5));
    assertThatThrownBy(() -> Hyper.of(settings(Map.of("smoothing", 0.0))))
        .hasMessage("smoothing must be > 0 and <= 1000000, got 0.0");
    assertThat(new NaiveBayesProvider().hyperparameters().get(0).rule())
        .isEqualTo("must be > 0 and <= 1000000");
  }

  @Property(seed = "1")
  void whateverIsLearnedProbabilitiesAreProbabilities(
      @ForAll @Size(max = 30) List<@FloatRange(min = -Float.MAX_VALUE) Float> values,
      @ForAll @IntRange(max = 255) int coordinate,
      @ForAll boolean words) {
    NaiveBayes model = binary();
    for (float value : values) {
      Example example = number(value > 0 ? 1 : 0, value);
      example.features().addSparse(coordinate, words ? value : 1, words ? WORDS : DAY);
      model.learn(example);
      assertThat(probability(model, example)).isBetween(1e-7, 1 - 1e-7);
    }
  }

  @Property(seed = "1", tries = 200)
  void aWeightOfTwoIsAnExampleTwice(
      @ForAll @Size(min = 1, max = 40) List<@FloatRange(min = -100, max = 100) Float> values) {
    NaiveBayes weighted = binary();
    NaiveBayes repeated = binary();
    for (float value : values) {
      Example example = number((int) value % 2 == 0 ? 1 : 0, value);
      example.features().addSparse((int) value & 3, 1, DAY);
      repeated.learn(example);
      repeated.learn(example);
      example.weigh(2);
      weighted.learn(example);
      assertThat(probability(weighted, example))
          .isCloseTo(probability(repeated, example), within(1e-6));
    }
  }

  private static NaiveBayes binary() {
    return new NaiveBayes(Target.binary("1"), BITS, Hyper.DEFAULT);
  }

  private static LearnerSettings settings(Map<String, Double> hyper) {
    return new LearnerSettings(Target.binary("1"), BITS, hyper, 1);
  }

  private static double probability(NaiveBayes model, Example example) {
    return predict(model, example).probability();
  }

  private static Prediction predict(NaiveBayes model, Example example) {
    Prediction prediction = new Prediction();
    model.predict(example, prediction);
    return prediction;
  }

  private static Example number(double target, float value) {
    Example example = new Example();
    example.clear();
    example.features().addNumeric(NUMBER, value);
    example.label(target == 1 ? "1" : "0", target);
    return example;
  }

  private static Example of(String label, float value) {
    Example example = number(0, value);
    example.label(label, Double.NaN);
    return example;
  }

  private static Example entry(double target, int coordinate, float value, int group) {
    Example example = number(target, 0);
    example.features().clear();
    example.features().addSparse(coordinate, value, group);
    return example;
  }
}
