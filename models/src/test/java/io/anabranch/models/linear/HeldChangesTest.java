package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A trainer ships its largest changes and keeps the others until later. */
class HeldChangesTest {
  private static final int BITS = 18;

  static Stream<Arguments> replicas() {
    Supplier<SharedLearner> logistic =
        () -> new SharedLogisticRegression(BITS, new Hyper(0.5, 0.5, 1, 0, 0));
    Supplier<SharedLearner> softmax =
        () ->
            new SharedSoftmaxRegression(
                new LearnerSettings(
                    new Target(TargetType.MULTICLASS, "", List.of("0", "1")), BITS, Map.of(), 1));
    return Stream.of(Arguments.of("logistic", logistic), Arguments.of("softmax", softmax));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replicas")
  void theLargestTenthLeavesAndTheRestFollows(String name, Supplier<SharedLearner> make) {
    SharedLearner whole = make.get();
    SharedLearner holding = make.get();
    learn(whole, 0, 500);
    learn(holding, 0, 500);
    Map<Integer, float[]> all = drained(whole, 0);
    Map<Integer, float[]> largest = drained(holding, 0.9);
    Map<Integer, float[]> rest = drained(holding, 0);
    assertThat(largest.size()).isCloseTo(all.size() / 10, within(all.size() / 20));
    assertThat(largest.values().stream().mapToDouble(HeldChangesTest::most).min().getAsDouble())
        .isGreaterThanOrEqualTo(
            rest.values().stream().mapToDouble(HeldChangesTest::most).max().getAsDouble());
    Set<Integer> both = new HashSet<>(largest.keySet());
    both.retainAll(rest.keySet());
    assertThat(both).isEmpty();
    largest.putAll(rest);
    assertThat(largest.keySet()).isEqualTo(all.keySet());
    all.forEach((coordinate, change) -> assertThat(largest.get(coordinate)).isEqualTo(change));
    assertThat(drained(holding, 0)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replicas")
  void whatStaysAddsUp(String name, Supplier<SharedLearner> make) {
    SharedLearner whole = make.get();
    SharedLearner holding = make.get();
    Map<Integer, double[]> shipped = new TreeMap<>();
    for (int step = 0; step < 10; step++) {
      learn(whole, 100 * step, 100 * step + 100);
      learn(holding, 100 * step, 100 * step + 100);
      add(shipped, drained(holding, 0.9));
    }
    add(shipped, drained(holding, 0));
    Map<Integer, float[]> all = drained(whole, 0);
    assertThat(shipped.keySet()).isEqualTo(all.keySet());
    all.forEach(
        (coordinate, change) -> {
          for (int i = 0; i < change.length; i++) {
            if (i % 3 < 2) { // the third is a mean
              assertThat(shipped.get(coordinate)[i]).isCloseTo(change[i], within(1e-4));
            }
          }
        });
    assertThat(prediction(holding)).isEqualTo(prediction(whole));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replicas")
  void newTruthGoesBelowWhatStays(String name, Supplier<SharedLearner> make) {
    SharedLearner holding = make.get();
    learn(holding, 0, 500);
    Map<Integer, float[]> shipped = drained(holding, 0.9);
    double before = prediction(holding);
    // Truth includes what was shipped, and nobody else learned.
    CoordinateBatch truth = new CoordinateBatch(holding.shape().truthWidth(), 3);
    shipped.forEach(
        (coordinate, change) -> {
          int at = truth.add(coordinate);
          for (int k = 0; k < change.length / 3; k++) {
            truth.values()[at + 2 * k] = change[3 * k];
            truth.values()[at + 2 * k + 1] = change[3 * k + 1];
          }
        });
    holding.overwrite(truth);
    assertThat(prediction(holding)).isCloseTo(before, within(1e-6));
    assertThat(drained(holding, 0).keySet()).doesNotContainAnyElementsOf(shipped.keySet());
  }

  private static void learn(SharedLearner learner, int from, int to) {
    Example example = new Example();
    for (int i = from; i < to; i++) {
      fill(example, i);
      learner.learn(example);
    }
  }

  private static double prediction(SharedLearner learner) {
    Example example = new Example();
    fill(example, 17);
    Prediction prediction = new Prediction();
    learner.predict(example, prediction);
    return prediction.type() == TargetType.BINARY
        ? prediction.probability()
        : prediction.classProbability(0);
  }

  private static void fill(Example example, int i) {
    SplittableRandom random = new SplittableRandom(i);
    example.clear();
    example.features().addSparse(random.nextInt(10), 1);
    example.features().addSparse(10 + random.nextInt(2_000), 1);
    example.features().addSparse(3_000 + random.nextInt(2_000), 0.5f);
    int label = random.nextInt(10) < 3 ? 1 : 0;
    example.label(Integer.toString(label), label);
  }

  private static Map<Integer, float[]> drained(SharedLearner learner, double hold) {
    CoordinateBatch[] perShard = new CoordinateBatch[learner.shape().shards()];
    Arrays.setAll(perShard, shard -> new CoordinateBatch(learner.shape().deltaWidth(), 3));
    if (hold > 0) {
      learner.drain(perShard, hold);
    } else {
      learner.drain(perShard);
    }
    Map<Integer, float[]> changes = new TreeMap<>();
    for (CoordinateBatch batch : perShard) {
      for (int i = 0; i < batch.size(); i++) {
        int width = batch.width();
        float[] change = Arrays.copyOfRange(batch.values(), i * width, (i + 1) * width);
        assertThat(changes.put(batch.coordinates()[i], change)).isNull();
      }
    }
    return changes;
  }

  private static double most(float[] change) {
    double most = 0;
    for (int i = 0; i < change.length; i += 3) {
      most = Math.max(most, Math.abs(change[i]));
    }
    return most;
  }

  private static void add(Map<Integer, double[]> sums, Map<Integer, float[]> changes) {
    changes.forEach(
        (coordinate, change) -> {
          double[] sum = sums.computeIfAbsent(coordinate, ignored -> new double[change.length]);
          for (int i = 0; i < change.length; i++) {
            sum[i] += change[i];
          }
        });
  }
}
