package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a logistic regression begins: with or without an intercept, with nothing or with a model.
 */
class LogisticRegressionStartTest {
  private static final int BITS = 8;
  private static final LogisticRegressionProvider PROVIDER = new LogisticRegressionProvider();

  private final Prediction prediction = new Prediction();

  @Test
  void withoutAnInterceptNothingIsSaidOfAnExampleWithoutFeatures() {
    LogisticRegression with = new LogisticRegression(BITS, new Hyper(1, 1, 1, 0, 0));
    LogisticRegression without = new LogisticRegression(BITS, new Hyper(1, 1, 1, 0, 0, false));
    for (int i = 0; i < 100; i++) {
      with.learn(example(i, 1));
      without.learn(example(i, 1));
    }
    Example empty = new Example();
    with.predict(empty, prediction);
    assertThat(prediction.probability()).isGreaterThan(0.9);
    without.predict(empty, prediction);
    assertThat(prediction.probability()).isEqualTo(0.5);
  }

  @Test
  void theInterceptIsASetting() {
    assertThat(Hyper.of(settings(Map.of())).intercept()).isTrue();
    assertThat(Hyper.of(settings(Map.of("intercept", false))).intercept()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.2, 0", "0, 0.3", "0.2, 0.3"})
  void aModelOfWeightsHasTheseWeights(double l1, double l2) {
    double[] weights = {1.5, 0, -2.25, 1e-3};
    LogisticRegression model =
        LogisticRegression.ofWeights(BITS, new Hyper(0.1, 0.1, 0.5, l1, l2), weights);
    for (int i = 0; i < weights.length; i++) {
      assertThat((double) model.weight(i)).isCloseTo(weights[i], within(1e-6));
    }
    assertThat(model.weight(77)).isZero();
    assertThat(model.examples()).isZero();
  }

  @Test
  void mergedIntoNothingTheDeltaOfAModelIsTheModel() {
    LogisticRegression model = new LogisticRegression(BITS, Hyper.of(settings(Map.of())));
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200; i++) {
      Example example = example(i, random.nextInt(2));
      example.features().addNumeric(FeatureVector.bias(BITS) + 3, (float) random.nextDouble());
      model.learn(example);
    }
    CoordinateBatch delta = PROVIDER.delta(model).orElseThrow();
    SharedLearner replica = PROVIDER.createShared(settings(Map.of())).orElseThrow();
    replica.overwrite(truth(delta));
    replica.examples(model.examples());
    assertThat(PROVIDER.write(replica)).isEqualTo(PROVIDER.write(model));
  }

  private static CoordinateBatch truth(CoordinateBatch delta) {
    MergeRule rule = PROVIDER.mergeRule(settings(Map.of())).orElseThrow();
    CoordinateBatch truth =
        new CoordinateBatch(rule.shape().truthWidth(), rule.shape().statisticsWidth());
    for (int i = 0; i < delta.size(); i++) {
      int at = truth.add(delta.coordinates()[i]);
      rule.merge(delta.coordinates()[i], truth.values(), at, delta.values(), i * delta.width(), 1);
    }
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int coordinate = delta.statisticsCoordinates()[i];
      int at = truth.addStatistics(coordinate);
      rule.mergeStatistics(
          coordinate, truth.statistics(), at, delta.statistics(), i * delta.statisticsWidth());
    }
    return truth;
  }

  private static LearnerSettings settings(Map<String, ? extends java.io.Serializable> hyper) {
    return new LearnerSettings(Target.binary("1"), BITS, hyper, 1);
  }

  private static Example example(int i, int label) {
    Example example = new Example();
    example.features().addSparse(i % 5, 1);
    example.label(Integer.toString(label), label);
    return example;
  }
}
