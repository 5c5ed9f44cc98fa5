package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SoftmaxRegressionTest {
  private static final int BITS = 8;
  private static final int NUMERIC = (1 << BITS) + 9;

  private final SoftmaxRegressionProvider provider = new SoftmaxRegressionProvider();

  @Test
  void oneStepByHand() {
    SoftmaxRegression model = model(List.of("a", "b", "c"), Map.of("alpha", 1.0));
    model.learn(sparse("b", 7, 2));
    // p = 1/3 each: g = 2/3 of a and c, -4/3 of b (input 2), half as much of the intercept;
    // u = -(2/3)/(1+2/3) = -2/5, (4/3)/(1+4/3) = 4/7; -(1/3)/(4/3) = -1/4, (2/3)/(5/3) = 2/5;
    // margins: 2 · -2/5 - 1/4 = -21/20 and 2 · 4/7 + 2/5 = 54/35.
    double a = Math.exp(-21 / 20.0);
    double b = Math.exp(54 / 35.0);
    Prediction prediction = predict(model, sparse("", 7, 2));
    assertThat(prediction.label()).isEqualTo("b");
    assertThat(prediction.classProbability(0)).isCloseTo(a / (a + b + a), within(1e-6));
    assertThat(prediction.classProbability(1)).isCloseTo(b / (a + b + a), within(1e-6));
  }

  @Test
  void thenTheYoungModelLearnsTheFirstExampleAgain() {
    SoftmaxRegression once = model(List.of("a", "b"), Map.of());
    once.learn(sparse("b", 7, 1));
    float after = weight(once, 7, 1);
    once.learn(sparse("a", 200, 1));
    // The second example does not have coordinate 7; sixteen repetitions of the first do.
    assertThat(weight(once, 7, 1)).isGreaterThan(2 * after);
  }

  @Test
  void aGrownModelRehearsesNoMore() {
    SoftmaxRegression model = model(List.of("a", "b"), Map.of());
    for (int i = 0; i < 255; i++) {
      model.learn(sparse(i % 2 == 0 ? "a" : "b", i % 5, 1));
    }
    assertThat(model.rehearsal().size()).isEqualTo(64);
    model.learn(sparse("a", 0, 1));
    assertThat(model.rehearsal().size()).isZero();
    float before = weight(model, 1, 0);
    model.learn(sparse("a", 200, 1));
    assertThat(weight(model, 1, 0)).isEqualTo(before);
  }

  @Test
  void anExampleThatIsTooLongIsNotRemembered() {
    SoftmaxRegression model = model(List.of("a", "b"), Map.of());
    Example example = sparse("a", 0, 1);
    for (int i = 1; i < 128; i++) {
      example.features().addSparse(i, 1);
    }
    model.learn(example);
    assertThat(model.rehearsal().size()).isZero();
  }

  @Test
  void ofTwoClassesOneWeighsWhatTheOtherDoesNot() {
    SoftmaxRegression model = model(List.of("no", "yes"), Map.of());
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 400; i++) {
      int coordinate = random.nextInt(20);
      model.learn(sparse(random.nextInt(20) < coordinate ? "yes" : "no", coordinate, 1));
      assertThat(weight(model, coordinate, 0))
          .isCloseTo(-weight(model, coordinate, 1), within(1e-4f));
    }
    assertThat(predict(model, sparse("", 19, 1)).classProbability(1)).isGreaterThan(0.8);
  }

  @Test
  void beforeAnyClassIsKnownThereIsNoPrediction() {
    Prediction prediction = predict(model(List.of(), Map.of()), sparse("", 3, 1));
    assertThat(prediction.type()).isEqualTo(TargetType.MULTICLASS);
    assertThat(prediction.label()).isEmpty();
    assertThat(prediction.classCount()).isZero();
  }

  @Test
  void declaredClassesAreEquallyLikelyAtFirst() {
    Prediction prediction = predict(model(List.of("x", "y"), Map.of()), sparse("", 3, 1));
    assertThat(prediction.label()).isEqualTo("x");
    assertThat(prediction.classProbability(0)).isEqualTo(0.5);
    assertThat(prediction.className(1)).isEqualTo("y");
  }

  @Test
  void aNewClassJoinsAndIsLearned() {
    SoftmaxRegression model = model(List.of(), Map.of());
    for (int i = 0; i < 400; i++) {
      model.learn(sparse("c" + i % 3, i % 3, 1));
    }
    for (int i = 0; i < 40; i++) {
      model.learn(sparse("late", 9, 1));
    }
    assertThat(predict(model, sparse("", 9, 1)).label()).isEqualTo("late");
    assertThat(predict(model, sparse("", 2, 1)).label()).isEqualTo("c2");
    assertThat(predict(model, sparse("", 2, 1)).classCount()).isEqualTo(4);
  }

  @Test
  void unitsOfANumberDoNotMatter() {
    SoftmaxRegression metres = model(List.of(), Map.of());
    SoftmaxRegression megametres = model(List.of(), Map.of());
    for (int i = 0; i < 500; i++) {
      float distance = 1 + i * 37 % 100;
      String label = "band " + (int) distance / 34;
      metres.learn(number(label, 1_048_576 * distance));
      megametres.learn(number(label, distance));
    }
    for (float distance : new float[] {10, 45, 90}) {
      Prediction one = predict(metres, number("", 1_048_576 * distance));
      Prediction other = predict(megametres, number("", distance));
      assertThat(one.label()).isEqualTo("band " + (int) distance / 34);
      assertThat(one.classProbability(0)).isEqualTo(other.classProbability(0));
    }
  }

  @Property(seed = "1")
  void whateverIsLearnedProbabilitiesAreProbabilities(
      @ForAll @Size(min = 1, max = 40) List<@FloatRange(min = -1e38f, max = 1e38f) Float> values,
      @ForAll @IntRange(min = 1, max = 6) int classes,
      @ForAll @DoubleRange(max = 1e300) double weight,
      @ForAll boolean regularised) {
    SoftmaxRegression model =
        model(List.of(), regularised ? Map.of("alpha", 5.0, "l1", 0.1, "l2", 0.1) : Map.of());
    for (int i = 0; i < values.size(); i++) {
      Example example = number("c" + i % classes, values.get(i));
      example.features().addSparse(3, values.get(i));
      example.weigh(weight);
      model.learn(example);
      Prediction prediction = predict(model, example);
      double sum = 0;
      for (int k = 0; k < prediction.classCount(); k++) {
        assertThat(prediction.classProbability(k)).isBetween(0.0, 1.0);
        sum += prediction.classProbability(k);
      }
      assertThat(sum).isCloseTo(1, within(1e-9));
    }
    provider.read(provider.write(model), settings(List.of(), Map.of()));
  }

  @Test
  void hyperparametersAreThoseOfTheStep() {
    assertThat(provider.hyperparameters())
        .extracting(Hyperparameter::name)
        .containsExactly("alpha", "beta", "l1", "l2");
    assertThat(provider.hyperparameters())
        .extracting(Hyperparameter::defaultText)
        .containsExactly("0.5", "1", "0", "0");
  }

  @Test
  void aClassDeclaredSinceTheModelWasStoredJoins() {
    SoftmaxRegression model = model(List.of("a", "b"), Map.of());
    model.learn(sparse("b", 7, 1));
    Learner wider =
        provider.read(provider.write(model), settings(List.of("c", "b", "a"), Map.of()));
    Prediction prediction = predict(wider, sparse("", 7, 1));
    assertThat(prediction.label()).isEqualTo("b");
    assertThat(prediction.classCount()).isEqualTo(3);
    assertThat(prediction.className(2)).isEqualTo("c");
  }

  @Test
  void aStateThatNoModelCanHaveIsRefused() {
    refused(state(-1, 2, new float[4]), "examples must be >= 0, got -1");
    refused(state(1, 3, new float[4]), "classes must differ, got 'a' twice");
    refused(
        state(1, 2, new float[3]),
        "u and n must be two numbers for each class of 1 coordinates, got 3 numbers");
    refused(
        state(1, 2, new float[] {0, 0, Float.NaN, 0}),
        "u must be finite and n finite and >= 0, got NaN");
    refused(
        state(1, 2, new float[] {0, -1, 0, 0}), "u must be finite and n finite and >= 0, got -1.0");
    refused(remembering(5, 0, 2, 1), "label must be between 0 and 1, got 2");
    refused(remembering(5, 2, 0, 1), "numeric entries must be between 0 and 1, got 2");
    refused(
        remembering(1024, 0, 0, 1),
        "remembered examples must have coordinates < 1024, finite values and a weight >= 0");
    refused(
        remembering(5, 0, 0, Float.NaN),
        "remembered examples must have coordinates < 1024, finite values and a weight >= 0");
  }

  private void refused(byte[] bytes, String message) {
    assertThatThrownBy(() -> provider.read(bytes, settings(List.of(), Map.of())))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage(message);
  }

  private static byte[] state(long examples, int classes, float[] pairs) {
    ModelWriter out = begin(examples, classes, pairs);
    out.writeInt(0);
    return out.finish();
  }

  private static byte[] remembering(int coordinate, int numeric, int label, float weight) {
    ModelWriter out = begin(1, 2, new float[4]);
    out.writeInt(1);
    out.writeInts(new int[] {coordinate}, 0, 1);
    out.writeFloats(new float[1], 0, 1);
    out.writeInt(numeric);
    out.writeInt(label);
    out.writeFloat(weight);
    return out.finish();
  }

  private static ModelWriter begin(long examples, int classes, float[] pairs) {
    ModelWriter out = new ModelWriter("softmax-regression", 1);
    out.writeInt(BITS);
    out.writeLong(examples);
    out.writeInt(classes);
    for (int k = 0; k < classes; k++) {
      out.writeString(k % 2 == 0 ? "a" : "b");
    }
    out.writeInts(new int[] {5}, 0, 1);
    out.writeFloats(pairs, 0, pairs.length);
    out.writeInts(new int[0], 0, 0);
    out.writeDoubles(new double[0], 0, 0);
    return out;
  }

  private static SoftmaxRegression model(List<String> classes, Map<String, Double> hyper) {
    return new SoftmaxRegression(settings(classes, hyper));
  }

  private static LearnerSettings settings(List<String> classes, Map<String, Double> hyper) {
    return new LearnerSettings(new Target(TargetType.MULTICLASS, "", classes), BITS, hyper, 1);
  }

  private static float weight(SoftmaxRegression model, int coordinate, int number) {
    ClassWeights weights = model.state().weights;
    return weights.pairs()[weights.find(coordinate) + 2 * number];
  }

  private static Prediction predict(Learner model, Example example) {
    Prediction prediction = new Prediction();
    model.predict(example, prediction);
    return prediction;
  }

  private static Example number(String label, float value) {
    Example example = sparse(label, 0, 0);
    example.features().clear();
    example.features().addNumeric(NUMERIC, value);
    return example;
  }

  private static Example sparse(String label, int coordinate, float value) {
    Example example = new Example();
    example.clear();
    example.features().addSparse(coordinate, value);
    example.label(label, Double.NaN);
    return example;
  }
}
