package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.feature.FeatureSpec.Auto;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupportVectorMachineTest {
  private static final int BITS = 8;
  private static final Target BINARY = Target.binary("1");
  private static final Target CLASSES = Target.multiclass();

  private final SupportVectorMachineProvider provider = new SupportVectorMachineProvider();

  @Test
  void theFirstStepsByHand() {
    SupportVectorMachine model = model(BINARY, 0.5);
    // t = 1: margin 0 < 1, so w = y x / λ = 2 x: 4 of coordinate 7, 2 of the intercept.
    model.learn(binary(1, 7, 2));
    assertThat(model.steps()).isEqualTo(1);
    assertThat(weight(model, 7)).isEqualTo(4);
    // t = 2: margin -(4 · 0 + 2) < 1: halved, and -x / (λ 2) = -1 of coordinate 9 and the
    // intercept.
    // Then the first sixteen times again, up to t = 18.
    model.learn(binary(0, 9, 1));
    assertThat(model.steps()).isEqualTo(18);
    assertThat(weight(model, 9)).isEqualTo(-1 / (0.5 * 18));
    // z = λ t w is 2, and 0 of the intercept: (2 · 2 + 0) / (λ (t - 1)) >= 1 until t = 9. At t = 10
    // z becomes 4 and 1, and (2 · 4 + 1) / (λ (t - 1)) >= 1 until the end.
    assertThat(weight(model, 7)).isEqualTo(4 / (0.5 * 18));
  }

  @Test
  void aStepOfSeveralClassesTakesFromTheStrongestRival() {
    SupportVectorMachine model =
        model(new Target(TargetType.MULTICLASS, "", List.of("a", "b", "c")), 0.01);
    model.learn(labelled("b", 7, 1));
    // All margins were 0: the first of the equal rivals is a.
    assertThat(z(model, 7)).containsExactly(-1, 1, 0);
    model.learn(labelled("c", 7, 3));
    // b is the strongest at 7: -1, -2, 3, and -1, 0, 1 of the intercept. Two of the repetitions of
    // b
    // take from c, until b is ahead again: 0 + 2 against 1 - 1.
    assertThat(z(model, 7)).containsExactly(-1, 0, 1);
  }

  @Test
  void anExampleBeyondTheMarginAddsNothing() {
    SupportVectorMachine model = model(BINARY, 0.01);
    model.learn(binary(1, 7, 2));
    float[] before = z(model, 7);
    model.learn(binary(1, 7, 2));
    // 2 · 2 + 1 >= λ (t - 1) up to t = 18.
    assertThat(model.steps()).isEqualTo(18);
    assertThat(z(model, 7)).isEqualTo(before);
  }

  @Test
  void aSingleClassHasNoRivalToLearnFrom() {
    SupportVectorMachine model = model(CLASSES, 1);
    assertThat(predict(model, labelled("", 7, 1)).label()).isEmpty();
    model.learn(labelled("only", 7, 1));
    assertThat(z(model, 7)).containsExactly(0);
    assertThat(predict(model, labelled("", 7, 1)).label()).isEqualTo("only");
  }

  @Test
  void itDecidesWithoutProbabilities() {
    Prediction prediction = predict(model(BINARY, 1), binary(1, 7, 1));
    assertThat(prediction.probability()).isNaN();
    assertThat(prediction.positive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void irisShuffled(long seed) throws IOException {
    List<Example> shuffled = new ArrayList<>();
    try (InputStream in = resource("iris.csv")) {
      shuffled.addAll(Dataset.csv(in, "class", TargetType.MULTICLASS, new Auto(Set.of("class"))));
    }
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(accuracy(CLASSES, shuffled)).isGreaterThanOrEqualTo(0.85);
  }

  @Test
  void phishingIsToldFromHonestPagesByDefault() throws IOException {
    try (InputStream in = resource("phishing.csv")) {
      assertThat(accuracy(BINARY, Dataset.csv(in, "is_phishing", "1", Set.of())))
          .isGreaterThanOrEqualTo(0.87);
    }
  }

  @Property(seed = "1")
  void whateverIsLearnedStaysFinite(
      @ForAll @Size(min = 1, max = 40) List<@FloatRange(min = -1e38f, max = 1e38f) Float> values,
      @ForAll @IntRange(min = 1, max = 6) int classes,
      @ForAll @DoubleRange(max = 1e300) double weight) {
    SupportVectorMachine model = model(CLASSES, 1e-6);
    for (int i = 0; i < values.size(); i++) {
      Example example = labelled("c" + i % classes, 3, values.get(i));
      example.features().addSparse(5, -values.get(i));
      example.weigh(weight);
      model.learn(example);
    }
    for (float number : model.state().weights.pairs()) {
      assertThat(number).isFinite();
    }
    provider.read(provider.write(model), settings(CLASSES, 1e-6));
  }

  @Test
  void lambdaMustBePositive() {
    assertThatThrownBy(() -> new SupportVectorMachine.Hyper(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lambda must be > 0 and <= 1000000, got 0.0");
  }

  @Test
  void aStateThatNoModelCanHaveIsRefused() {
    refused(state(2, -1, 0), "examples must be >= 0, got -1");
    refused(state(2, 5, 4), "steps must be >= the 5 examples, got 4");
    refused(state(3, 5, 5), "classes of a binary target must be [0, 1], got [0, 1, 2]");
  }

  private void refused(byte[] bytes, String message) {
    assertThatThrownBy(() -> provider.read(bytes, settings(BINARY, 1)))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage(message);
  }

  private static byte[] state(int classes, long examples, long steps) {
    ModelWriter out = new ModelWriter("svm", 2);
    MulticlassState state = SupportVectorMachine.emptyState(settings(BINARY, 1));
    state.knowAll(List.of("0", "1", "2").subList(0, classes));
    MulticlassFormat.write(out, state, new Rehearsal(), examples);
    out.writeLong(steps);
    return out.finish();
  }

  private static double accuracy(Target target, List<Example> examples) {
    Learner model =
        new SupportVectorMachine(new LearnerSettings(target, Dataset.BITS, Map.of(), 1));
    return Prequential.of(model, examples).accuracy();
  }

  /** Of a binary model, w = w_1 - w_0 = (z_1 - z_0) / (2 λ t) with the λ of the test by hand. */
  private static double weight(SupportVectorMachine model, int coordinate) {
    float[] z = z(model, coordinate);
    return (z[1] - z[0]) / (2 * 0.5 * model.steps());
  }

  private static float[] z(SupportVectorMachine model, int coordinate) {
    ClassWeights weights = model.state().weights;
    float[] z = new float[model.state().classes().size()];
    for (int k = 0; k < z.length; k++) {
      z[k] = weights.pairs()[weights.find(coordinate) + 2 * k];
    }
    return z;
  }

  private static SupportVectorMachine model(Target target, double lambda) {
    return new SupportVectorMachine(settings(target, lambda));
  }

  private static LearnerSettings settings(Target target, double lambda) {
    return new LearnerSettings(target, BITS, Map.of("lambda", lambda), 1);
  }

  private static Prediction predict(Learner model, Example example) {
    Prediction prediction = new Prediction();
    model.predict(example, prediction);
    return prediction;
  }

  private static Example binary(int target, int coordinate, float value) {
    Example example = labelled(Integer.toString(target), coordinate, value);
    example.label(Integer.toString(target), target);
    return example;
  }

  private static Example labelled(String label, int coordinate, float value) {
    Example example = new Example();
    example.clear();
    example.features().addSparse(coordinate, value);
    example.label(label, Double.NaN);
    return example;
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        SupportVectorMachineTest.class.getResourceAsStream("/data/" + name));
  }
}
