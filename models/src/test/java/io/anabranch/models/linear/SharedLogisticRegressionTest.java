package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedLogisticRegressionTest {
  private static final int BITS = 8;
  private static final int NUMERIC = (1 << BITS) + 5;
  private static final Hyper PLAIN = new Hyper(1, 1, 1, 0, 0);

  private final SharedLogisticRegression replica = new SharedLogisticRegression(BITS, PLAIN);
  private final DiscountedMerge rule = new DiscountedMerge(BITS, PLAIN);

  @Test
  void aDeltaHoldsTheStepTheSquaresAndTheTruthTheySaw() {
    replica.overwrite(truth(7, 0, 3));
    replica.learn(example(1, 7, 1));

    // p = 1/2: g = -1/2, n = 3.25, du = 1/2 / (1 + sqrt 3.25)
    float[] delta = only(drain(), 7);
    assertThat(delta[0]).isCloseTo((float) (0.5 / (1 + Math.sqrt(3.25))), within(1e-6f));
    assertThat(delta[1]).isEqualTo(0.25f);
    assertThat(delta[2]).isEqualTo(3);
  }

  @Test
  void drainingTwiceGivesNothingTheSecondTime() {
    replica.learn(example(1, 7, 1));
    assertThat(drain()).anyMatch(batch -> !batch.isEmpty());
    assertThat(drain()).allMatch(CoordinateBatch::isEmpty);
  }

  @Test
  void drainingDoesNotChangeTheView() {
    replica.learn(example(1, 7, 1));
    double before = probability(example(1, 7, 1));
    drain();
    assertThat(probability(example(1, 7, 1))).isEqualTo(before);
  }

  @Test
  void theViewIsTruthPlusShippedPlusPending() {
    replica.learn(example(1, 7, 1));
    CoordinateBatch[] shipped = drain();
    float[] first = only(shipped, 7);
    replica.learn(example(1, 7, 1));
    float pendingU = line(7)[0] - first[0];
    float pendingN = line(7)[1] - first[1];

    CoordinateBatch truth = truth(7, -2, 5);
    replica.overwrite(truth);
    assertThat(line(7)[0]).isCloseTo(-2 + pendingU, within(1e-6f));
    assertThat(line(7)[1]).isCloseTo(5 + pendingN, within(1e-6f));

    for (CoordinateBatch delta : shipped) {
      replica.reapply(delta, truth);
    }
    assertThat(line(7)[0]).isCloseTo(-2 + first[0] + pendingU, within(1e-6f));
    assertThat(line(7)[1]).isCloseTo(5 + first[1] + pendingN, within(1e-6f));

    float[] second = only(drain(), 7);
    assertThat(second[0]).isCloseTo(pendingU, within(1e-6f));
    assertThat(second[1]).isCloseTo(pendingN, within(1e-6f));
    // The pending gradient was computed when only the first delta was known.
    assertThat(second[2]).isCloseTo(first[1], within(1e-5f));
  }

  @Test
  void theTruthSeenIsTheMeanWeightedBySquaredGradients() {
    replica.overwrite(truth(7, 0, 1));
    replica.learn(example(1, 7, 1));
    float firstSquare = line(7)[1] - 1;
    replica.overwrite(truth(7, 0, 10));
    replica.learn(example(1, 7, 1));
    float secondSquare = line(7)[1] - 10 - firstSquare;

    float expected = (firstSquare + 10 * secondSquare) / (firstSquare + secondSquare);
    assertThat(only(drain(), 7)[2]).isCloseTo(expected, within(1e-4f));
  }

  @Test
  void shippedDeltasReturnOnlyToCoordinatesThatWereOverwritten() {
    replica.learn(example(1, 7, 1));
    replica.learn(example(1, 9, 1));
    CoordinateBatch[] shipped = drain();
    float[] nine = line(9);
    for (int round = 0; round < 2; round++) {
      CoordinateBatch truth = truth(7, 1, 2);
      replica.overwrite(truth);
      for (CoordinateBatch delta : shipped) {
        replica.reapply(delta, truth);
      }
      assertThat(line(7)[0]).isCloseTo(1 + only(shipped, 7)[0], within(1e-6f));
      assertThat(line(9)).isEqualTo(nine);
    }
  }

  @Test
  void shippedAndAcknowledgedAtOnceOneTrainerIsSequentialToRounding() {
    List<Example> examples = stream(5, 5_000);
    LogisticRegression sequential = new LogisticRegression(BITS, Hyper.DEFAULT);
    SharedLogisticRegression single = new SharedLogisticRegression(BITS, Hyper.DEFAULT);
    DiscountedMerge merge = new DiscountedMerge(BITS, Hyper.DEFAULT);
    ParallelTraining training = new ParallelTraining(merge, List.of(single), 1, false);
    training.run(examples);
    training.finish();
    sequentially(sequential, examples);

    assertThat(single.examples()).isEqualTo(5_000);
    int[] numeric = sequential.state().scaling.mergeable().coordinates();
    assertThat(single.state().scaling.mergeable().of(numeric))
        .isEqualTo(sequential.state().scaling.mergeable().of(numeric));
    int[] coordinates = sequential.state().weights.coordinates();
    assertThat(single.state().weights.coordinates()).isEqualTo(coordinates);
    for (int which : new int[] {CoordinateTable.U, CoordinateTable.N}) {
      float[] expected = sequential.state().floats(coordinates, which);
      float[] actual = single.state().floats(coordinates, which);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f * (1 + Math.abs(expected[i]))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 100, 5_000})
  void oneTrainerIsSequentialToRoundingWheneverItShips(int longest) {
    List<Example> examples = stream(6, 5_000);
    double expected =
        Prequential.of(new LogisticRegression(BITS, Hyper.DEFAULT), examples).logLoss();
    ParallelTraining training =
        new ParallelTraining(
            new DiscountedMerge(BITS, Hyper.DEFAULT),
            List.of(new SharedLogisticRegression(BITS, Hyper.DEFAULT)),
            longest,
            true);
    assertThat(training.run(examples).logLoss()).isCloseTo(expected, within(1e-5));
  }

  @Property(seed = "1", tries = 60)
  void everyReplicaEndsWithTheTruth(
      @ForAll @IntRange(min = 1, max = 5) int trainers,
      @ForAll @IntRange(min = 1, max = 50) int longest,
      @ForAll boolean delayed,
      @ForAll @IntRange(max = 1_000) int seed) {
    Hyper hyper = new Hyper(1, 0.5, 1, seed % 2 * 0.01, 0);
    List<SharedLogisticRegression> replicas =
        IntStream.range(0, trainers)
            .mapToObj(i -> new SharedLogisticRegression(BITS, hyper))
            .toList();
    ParallelTraining training =
        new ParallelTraining(new DiscountedMerge(BITS, hyper), replicas, longest, delayed);
    training.run(stream(seed, 400));
    training.finish();

    for (SharedLogisticRegression one : replicas) {
      LinearState state = one.state();
      training
          .truth()
          .forEach(
              (coordinate, values) -> {
                int at = state.weights.find(coordinate);
                assertThat(Float.intBitsToFloat(state.weights.lines()[at + CoordinateTable.U]))
                    .isEqualTo(values[0]);
                assertThat(Float.intBitsToFloat(state.weights.lines()[at + CoordinateTable.N]))
                    .isEqualTo(values[1]);
              });
      training
          .statistics()
          .forEach(
              (coordinate, values) ->
                  assertThat(state.scaling.mergeable().of(new int[] {coordinate}))
                      .isEqualTo(values));
    }
    double counted = training.statistics().values().stream().mapToDouble(values -> values[0]).sum();
    assertThat(counted).isEqualTo(numbers(stream(seed, 400)));
  }

  @Test
  void itLearnsTheSameWhateverItPredictedBefore() {
    Hyper hyper = new Hyper(1, 0.5, 1, 0.01, 0);
    SharedLogisticRegression silent = new SharedLogisticRegression(BITS, hyper);
    SharedLogisticRegression asked = new SharedLogisticRegression(BITS, hyper);
    SplittableRandom random = new SplittableRandom(5);
    List<Example> examples = stream(3, 600);
    Example buffer = new Example();
    Prediction prediction = new Prediction();
    for (Example example : examples) {
      buffer.copyFrom(example);
      asked.predict(buffer, prediction);
      int meanwhile = random.nextInt(4);
      if (meanwhile == 1) {
        asked.predict(examples.get(random.nextInt(examples.size())), prediction);
      } else if (meanwhile == 2) {
        buffer.copyFrom(examples.get(random.nextInt(examples.size())));
        asked.predict(buffer, prediction);
        buffer.copyFrom(example);
      } else if (meanwhile == 3) {
        CoordinateBatch truth = truth(example.features().coordinates()[1], 0.3f, 4);
        asked.overwrite(truth);
        silent.overwrite(truth);
      }
      asked.learn(buffer);
      silent.learn(example);
    }
    assertThat(LogisticRegressionState.write(asked))
        .isEqualTo(LogisticRegressionState.write(silent));
  }

  @Test
  void othersWorkIsDiscountedAndRareCoordinatesAddInFull() {
    float[] rare = {1, 0.5f};
    rule.merge(7, rare, 0, new float[] {0.25f, 0.5f, 0.5f}, 0, 8);
    assertThat(rare).containsExactly(1.25f, 1);

    float[] busy = {1, 100};
    rule.merge(7, busy, 0, new float[] {0.25f, 1, 50}, 0, 4);
    assertThat(busy).containsExactly(1 + 0.25f / 4, 101);

    // s = exp(-4 · 1/(1+3) · 0.1) = exp(-0.1)
    float[] little = {0, 9};
    rule.merge(7, little, 0, new float[] {1, 1, 8.9f}, 0, 4);
    assertThat(little[0]).isCloseTo((float) Math.exp(-0.1), within(1e-5f));
  }

  @Test
  void theOnlyTrainerIsNeverDiscounted() {
    float[] truth = {1, 100};
    rule.merge(7, truth, 0, new float[] {0.25f, 1, 50}, 0, 1);
    assertThat(truth).containsExactly(1.25f, 101);
  }

  @Test
  void theShapeHasRoomForBothKindsOfCoordinates() {
    assertThat(rule.shape()).isEqualTo(replica.shape());
    assertThat(rule.shape().coordinateBits()).isEqualTo(BITS + 2);
    assertThat(rule.shape().shards()).isEqualTo(64);
    assertThat(new SharedLogisticRegression(1, PLAIN).shape().shards()).isEqualTo(4);
  }

  @Test
  void takingOverTruthSetsTheExamples() {
    replica.examples(1_000);
    replica.learn(example(1, 7, 1));
    assertThat(replica.examples()).isEqualTo(1_001);
  }

  private CoordinateBatch[] drain() {
    CoordinateBatch[] batches = new CoordinateBatch[replica.shape().shards()];
    for (int i = 0; i < batches.length; i++) {
      batches[i] = new CoordinateBatch(3, 3);
    }
    replica.drain(batches);
    return batches;
  }

  private static float[] only(CoordinateBatch[] batches, int coordinate) {
    List<float[]> found = new ArrayList<>();
    for (CoordinateBatch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        if (batch.coordinates()[i] == coordinate) {
          found.add(java.util.Arrays.copyOfRange(batch.values(), 3 * i, 3 * i + 3));
        }
      }
    }
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private float[] line(int coordinate) {
    int[] coordinates = {coordinate};
    return new float[] {
      replica.state().floats(coordinates, CoordinateTable.U)[0],
      replica.state().floats(coordinates, CoordinateTable.N)[0]
    };
  }

  private double probability(Example example) {
    Prediction prediction = new Prediction();
    replica.predict(example, prediction);
    return prediction.probability();
  }

  private static CoordinateBatch truth(int coordinate, float u, float n) {
    CoordinateBatch truth = new CoordinateBatch(2, 3);
    int at = truth.add(coordinate);
    truth.values()[at] = u;
    truth.values()[at + 1] = n;
    return truth;
  }

  private static Example example(double target, int coordinate, float value) {
    Example example = new Example();
    example.clear();
    example.features().addSparse(coordinate, value);
    example.label(target == 1 ? "1" : "0", target);
    return example;
  }

  private static void sequentially(LogisticRegression model, List<Example> examples) {
    examples.forEach(model::learn);
  }

  private static long numbers(List<Example> examples) {
    return examples.stream().mapToLong(example -> example.features().numericCount()).sum();
  }

  private static List<Example> stream(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Example example = new Example();
      example.clear();
      FeatureVector features = example.features();
      double signal = random.nextDouble() - 0.5;
      features.addNumeric(NUMERIC, (float) (100 + 10 * signal));
      features.addSparse(random.nextInt(20), 1);
      features.addSparse(20 + random.nextInt(200), -1);
      boolean positive = signal + 0.3 * (features.coordinates()[1] % 3 - 1) > 0;
      example.label(positive ? "1" : "0", positive ? 1 : 0);
      examples.add(example);
    }
    return examples;
  }
}
