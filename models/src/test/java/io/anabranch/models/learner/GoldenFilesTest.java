package io.anabranch.models.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models that released versions wrote must load for ever and predict what they predicted. A golden
 * file is never changed: a new state version gets files of its own.
 */
class GoldenFilesTest {

  @ParameterizedTest
  @CsvSource({
    "hoeffding-tree, 1, BINARY",
    "hoeffding-tree, 1, MULTICLASS",
    "linear-regression, 1, NUMERIC",
    "linear-regression, 2, NUMERIC",
    "logistic-regression, 1, BINARY",
    "logistic-regression, 2, BINARY",
    "majority-class, 1, BINARY",
    "majority-class, 1, MULTICLASS",
    "naive-bayes, 1, BINARY",
    "naive-bayes, 1, MULTICLASS",
    "no-change, 1, BINARY",
    "no-change, 1, MULTICLASS",
    "no-change, 1, NUMERIC",
    "online-bagging, 1, BINARY",
    "online-bagging, 1, MULTICLASS",
    "softmax-regression, 1, MULTICLASS",
    "softmax-regression, 2, MULTICLASS",
    "svm, 2, BINARY",
    "svm, 2, MULTICLASS"
  })
  void aStoredModelPredictsExactlyWhatItDid(String type, int version, TargetType target)
      throws IOException {
    LearnerProvider provider =
        new LearnerRegistry(GoldenFilesTest.class.getClassLoader()).find(type).orElseThrow();
    // Ten trees would only make the file larger.
    Map<String, Double> hyper = type.equals("online-bagging") ? Map.of("members", 2.0) : Map.of();
    LearnerSettings settings = LearnerContract.settings(target, hyper);
    String name = type + "-" + target.name().toLowerCase(java.util.Locale.ROOT) + "-v" + version;
    Learner learner = provider.read(resource(name + ".bin"), settings);

    assertThat(learner.examples()).isEqualTo(250);
    assertThat(String.join("\n", predictions(learner, settings)) + "\n")
        .isEqualTo(new String(resource(name + ".txt"), StandardCharsets.UTF_8));
  }

  static List<String> predictions(Learner learner, LearnerSettings settings) {
    return LearnerContract.stream(settings, 99, 25).stream()
        .map(example -> describe(learner, example))
        .toList();
  }

  private static String describe(Learner learner, Example example) {
    Prediction prediction = LearnerContract.predict(learner, example);
    StringBuilder text = new StringBuilder();
    text.append(Double.toHexString(prediction.probability()))
        .append(' ')
        .append(prediction.positive())
        .append(' ')
        .append(Double.toHexString(prediction.value()))
        .append(' ')
        .append(prediction.label());
    for (int i = 0; i < prediction.classCount(); i++) {
      text.append(' ')
          .append(prediction.className(i))
          .append('=')
          .append(Double.toHexString(prediction.classProbability(i)));
    }
    return text.toString();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoldenFilesTest.class.getResourceAsStream("/golden/" + name))) {
      return in.readAllBytes();
    }
  }
}
