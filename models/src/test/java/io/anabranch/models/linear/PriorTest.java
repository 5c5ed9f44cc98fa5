package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.SharedLearner;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A linear model that starts from a shared one. */
class PriorTest {
  private static final int BITS = 8;
  private static final LearnerProvider LOGISTIC = new LogisticRegressionProvider();
  private static final LearnerProvider LINEAR = new LinearRegressionProvider();

  @ParameterizedTest
  @CsvSource({"0, 0", "0.3, 0", "0, 0.4", "0.3, 0.4"})
  void itPredictsWhatTheSharedModelPredictsHoweverManyExamplesThatHas(double l1, double l2) {
    for (int examples : new int[] {0, 1, 50, 5_000}) {
      LearnerSettings settings = binary(Map.of("l1", l1, "l2", l2));
      Learner shared = trained(LOGISTIC, settings, examples);
      Learner model = LOGISTIC.startFrom(shared, settings).orElseThrow();
      assertThat(model.examples()).isZero();
      for (int i = 0; i < 50; i++) {
        Example example = example(i);
        assertThat(predict(model, example)).isCloseTo(predict(shared, example), within(1e-6));
      }
    }
  }

  @Test
  void itStartsFromAReplicaAsFromAModelAndLeavesItAlone() {
    LearnerSettings settings = binary(Map.of());
    SharedLearner replica = LOGISTIC.createShared(settings).orElseThrow();
    SharedLearner untouched = LOGISTIC.createShared(settings).orElseThrow();
    for (int i = 0; i < 500; i++) {
      replica.learn(example(i));
      untouched.learn(example(i));
    }
    byte[] before = LOGISTIC.write(replica);
    Learner model = LOGISTIC.startFrom(replica, settings).orElseThrow();
    assertThat(LOGISTIC.write(model))
        .isEqualTo(
            LOGISTIC.write(
                LOGISTIC.startFrom(LOGISTIC.read(before, settings), settings).orElseThrow()));
    for (int i = 0; i < 500; i++) {
      model.learn(example(i + 1));
    }
    assertThat(LOGISTIC.write(replica)).isEqualTo(before);
    assertThat(pending(replica)).isEqualTo(pending(untouched)).hasSizeGreaterThan(20);
  }

  @Test
  void aKeyThatDiffersIsLearnedFasterThanTheSharedModelWouldLearnIt() {
    LearnerSettings settings = binary(Map.of());
    Learner shared = trained(LOGISTIC, settings, 50_000);
    Learner model = LOGISTIC.startFrom(shared, settings).orElseThrow();
    for (int i = 0; i < 1_000; i++) { // the opposite of what the others do
      Example contrary = example(i);
      contrary.label(contrary.target() == 1 ? "0" : "1", 1 - contrary.target());
      model.learn(contrary);
      shared.learn(contrary);
    }
    double own = 0;
    double all = 0;
    for (int i = 1_000; i < 1_100; i++) {
      Example example = example(i);
      own += Math.abs(predict(model, example) - example.target());
      all += Math.abs(predict(shared, example) - example.target());
    }
    assertThat(own).isGreaterThan(1.2 * all);
  }

  @Test
  void itIsWrittenAndReadAsAnyOther() {
    LearnerSettings settings = binary(Map.of());
    Learner model = LOGISTIC.startFrom(trained(LOGISTIC, settings, 900), settings).orElseThrow();
    Learner read = LOGISTIC.read(LOGISTIC.write(model), settings);
    for (int i = 0; i < 300; i++) {
      Example example = example(i);
      assertThat(predict(read, example)).isEqualTo(predict(model, example));
      read.learn(example);
      model.learn(example);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothHaveAnInterceptOrNeither(boolean shared) {
    Learner from = trained(LOGISTIC, binary(Map.of("intercept", shared)), 10);
    assertThatThrownBy(() -> LOGISTIC.startFrom(from, binary(Map.of("intercept", !shared))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("intercept must be " + shared + " as of the shared model, got " + !shared);
  }

  @Test
  void aRegressionKnowsTheScaleOfItsTarget() {
    LearnerSettings settings = new LearnerSettings(Target.numeric(), BITS, Map.of(), 1);
    Learner shared = LINEAR.create(settings);
    for (int i = 0; i < 3_000; i++) {
      shared.learn(amount(i));
    }
    Learner model = LINEAR.startFrom(shared, settings).orElseThrow();
    Prediction own = new Prediction();
    Prediction all = new Prediction();
    model.predict(amount(7), own);
    shared.predict(amount(7), all);
    assertThat(own.value()).isCloseTo(all.value(), within(1e-3)).isGreaterThan(1_000);
    assertThat(model.examples()).isZero();
  }

  @Test
  void whatHasNoSuchStartSaysSo() {
    LearnerProvider softmax = new SoftmaxRegressionProvider();
    LearnerSettings settings = new LearnerSettings(Target.multiclass(), BITS, Map.of(), 1);
    assertThat(softmax.startFrom(softmax.create(settings), settings)).isEmpty();
  }

  private static LearnerSettings binary(Map<String, ? extends Serializable> hyper) {
    return new LearnerSettings(Target.binary("1"), BITS, hyper, 1);
  }

  private static Learner trained(LearnerProvider provider, LearnerSettings settings, int examples) {
    Learner learner = provider.create(settings);
    for (int i = 0; i < examples; i++) {
      learner.learn(example(i));
    }
    return learner;
  }

  /** What it would ship. */
  private static List<String> pending(SharedLearner replica) {
    CoordinateBatch[] batches = new CoordinateBatch[replica.shape().shards()];
    for (int i = 0; i < batches.length; i++) {
      batches[i] =
          new CoordinateBatch(replica.shape().deltaWidth(), replica.shape().statisticsWidth());
    }
    replica.drain(batches);
    List<String> pending = new ArrayList<>();
    for (CoordinateBatch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        int width = batch.width();
        pending.add(
            batch.coordinates()[i]
                + Arrays.toString(Arrays.copyOfRange(batch.values(), i * width, (i + 1) * width)));
      }
    }
    return pending;
  }

  private static double predict(Learner learner, Example example) {
    Prediction prediction = new Prediction();
    learner.predict(example, prediction);
    return prediction.probability();
  }

  /** Three of twenty words and a number; the label follows the first word, mostly. */
  private static Example example(int seed) {
    SplittableRandom random = new SplittableRandom(seed * 77L + 5);
    Example example = new Example();
    example.clear();
    example.identify("id", "", 0);
    example.features().addNumeric((1 << BITS) + 9, (float) (100 + 10 * random.nextDouble()));
    int word = random.nextInt(20);
    example.features().addSparse(20 + word, 1);
    example.features().addSparse(50 + random.nextInt(20), 1);
    boolean positive = word < 10 ^ random.nextInt(10) == 0;
    example.label(positive ? "1" : "0", positive ? 1 : 0);
    return example;
  }

  private static Example amount(int seed) {
    Example example = example(seed);
    double amount = 5_000 + 300 * example.target();
    example.label(Double.toString(amount), amount);
    return example;
  }
}
