package io.anabranch.models.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What models that are sums have learned apart adds up to what one would have learned. */
class AdditiveLearnersTest {
  /** How far predictions may lie apart when sums come together in another order. */
  private static final double SUMMING = 1e-9;

  private static final LearnerRegistry REGISTRY =
      new LearnerRegistry(AdditiveLearnersTest.class.getClassLoader());

  @Test
  void theseAreSumsAlone() {
    LearnerSettings settings = LearnerContract.settings(TargetType.BINARY, Map.of());
    assertThat(
            StreamSupport.stream(REGISTRY.types().spliterator(), false)
                .map(type -> REGISTRY.find(type).orElseThrow())
                .filter(provider -> provider.about().targets().contains(TargetType.BINARY))
                .filter(provider -> provider.create(settings) instanceof AdditiveLearner)
                .map(LearnerProvider::type))
        .containsExactly("majority-class", "naive-bayes");
  }

  @ParameterizedTest
  @CsvSource({
    "majority-class, BINARY",
    "majority-class, MULTICLASS",
    "naive-bayes, BINARY",
    "naive-bayes, MULTICLASS"
  })
  void partsAddUpInAnyOrderAndThroughBytes(String type, TargetType target) {
    LearnerProvider provider = REGISTRY.find(type).orElseThrow();
    LearnerSettings settings = LearnerContract.settings(target, Map.of());
    List<Learner> parts = new ArrayList<>();
    IntStream.range(0, 3).forEach(i -> parts.add(provider.create(settings)));
    Learner alone = provider.create(settings);
    List<Example> examples = LearnerContract.stream(settings, 14, 600);
    for (int i = 0; i < examples.size(); i++) {
      parts.get(i % 7 % 3).learn(examples.get(i));
      alone.learn(examples.get(i));
    }
    AdditiveLearner together = (AdditiveLearner) parts.get(2);
    for (int part = 1; part >= 0; part--) {
      byte[] bytes = provider.write(parts.get(part));
      together.add(provider.read(bytes, settings));
      assertThat(provider.write(parts.get(part))).isEqualTo(bytes);
    }
    together.add(provider.create(settings));

    assertThat(together.examples()).isEqualTo(alone.examples());
    for (Example example : LearnerContract.stream(settings, 15, 100)) {
      assertThat(probabilities(together, example))
          .zipSatisfy(
              probabilities(alone, example),
              (one, other) -> assertThat(one).isCloseTo(other, within(SUMMING)));
    }
  }

  /** Of the positive class, or of all classes by name. */
  private static List<Double> probabilities(Learner model, Example example) {
    Prediction prediction = LearnerContract.predict(model, example);
    if (prediction.type() == TargetType.BINARY) {
      return List.of(prediction.probability());
    }
    return IntStream.range(0, prediction.classCount())
        .boxed()
        .sorted(Comparator.comparing(prediction::className))
        .map(prediction::classProbability)
        .toList();
  }
}
