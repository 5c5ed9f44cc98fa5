package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.linear.LinearRegression.Hyper;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SharedLinearRegressionTest {
  private static final int BITS = 8;
  private static final int NUMERIC = (1 << BITS) + 5;
  private static final int BIAS = FeatureVector.bias(BITS);

  @Test
  void aDeltaHoldsTheImplicitStepTheSquaresAndTheMomentsOfTheTarget() {
    SharedLinearRegression replica = replica();
    replica.learn(example(0, 7));
    replica.learn(example(2, 7));
    CoordinateBatch[] shipped = drain(replica);

    // Targets 0 and 2: mean 1, deviation 1, so the error is -1 and n becomes 1. Two inputs of 1
    // reach 2 · 0.5/(1+1) = 0.5, of which the implicit step takes 2/3: du = 0.5 · 2/3 / (1+1).
    int at = find(shipped, replica, 7);
    float[] values = shipped[replica.shape().shardOf(7)].values();
    assertThat(values[at]).isCloseTo(1 / 6f, within(1e-6f));
    assertThat(values[at + 1]).isEqualTo(1);
    assertThat(values[at + 2]).isZero();

    CoordinateBatch batch = shipped[replica.shape().shardOf(BIAS)];
    assertThat(batch.statisticsSize()).isEqualTo(1);
    assertThat(batch.statisticsCoordinates()[0]).isEqualTo(BIAS);
    assertThat(batch.statistics()).startsWith(2, 1, 2);
  }

  @Test
  void targetsOfOthersChangeWhatAPredictionStandsFor() {
    SharedLinearRegression replica = replica();
    replica.learn(example(10, 7));
    CoordinateBatch truth = new CoordinateBatch(2, 3);
    int at = truth.addStatistics(BIAS);
    truth.statistics()[at] = 3;
    truth.statistics()[at + 1] = 30;
    replica.overwrite(truth);
    // Three targets of 30 and the pending one of 10.
    assertThat(value(replica, example(0, 9))).isEqualTo(25);
  }

  @Test
  void oneTrainerIsSequentialToRounding() {
    List<Example> examples = stream(5, 3_000);
    LinearRegression sequential = new LinearRegression(BITS, Hyper.DEFAULT);
    SharedLinearRegression single = replica();
    ParallelTraining training = training(List.of(single), 100, true);
    training.run(examples);
    training.finish();
    examples.forEach(sequential::learn);

    assertThat(single.examples()).isEqualTo(3_000);
    for (Example example : stream(6, 100)) {
      Prediction expected = new Prediction();
      sequential.predict(example, expected);
      assertThat(value(single, example)).isCloseTo(expected.value(), within(1e-3));
    }
  }

  @Property(seed = "1", tries = 40)
  void everyReplicaEndsWithTheTruth(
      @ForAll @IntRange(min = 1, max = 5) int trainers,
      @ForAll @IntRange(min = 1, max = 50) int longest,
      @ForAll boolean delayed,
      @ForAll @IntRange(max = 1_000) int seed) {
    List<SharedLinearRegression> replicas =
        IntStream.range(0, trainers).mapToObj(i -> replica()).toList();
    ParallelTraining training = training(replicas, longest, delayed);
    training.run(stream(seed, 400));
    training.finish();
    assertThat(training.statistics().get(BIAS)[0]).isEqualTo(400);
    for (Example example : stream(seed + 1, 20)) {
      assertThat(replicas)
          .allSatisfy(
              replica ->
                  assertThat(value(replica, example)).isEqualTo(value(replicas.get(0), example)));
    }
  }

  private static SharedLinearRegression replica() {
    return new SharedLinearRegression(BITS, Hyper.DEFAULT);
  }

  private static ParallelTraining training(
      List<SharedLinearRegression> replicas, int longest, boolean delayed) {
    return new ParallelTraining(
        new DiscountedMerge(BITS, Hyper.DEFAULT.steps()), replicas, longest, delayed);
  }

  private static double value(SharedLinearRegression replica, Example example) {
    Prediction prediction = new Prediction();
    replica.predict(example, prediction);
    return prediction.value();
  }

  private static CoordinateBatch[] drain(SharedLinearRegression replica) {
    CoordinateBatch[] batches = new CoordinateBatch[replica.shape().shards()];
    for (int shard = 0; shard < batches.length; shard++) {
      batches[shard] = new CoordinateBatch(3, 3);
    }
    replica.drain(batches);
    return batches;
  }

  private static int find(CoordinateBatch[] batches, SharedLinearRegression of, int coordinate) {
    CoordinateBatch batch = batches[of.shape().shardOf(coordinate)];
    for (int i = 0; i < batch.size(); i++) {
      if (batch.coordinates()[i] == coordinate) {
        return i * batch.width();
      }
    }
    throw new AssertionError("no delta of coordinate " + coordinate);
  }

  private static Example example(double target, int coordinate) {
    Example example = new Example();
    example.clear();
    example.features().addSparse(coordinate, 1);
    example.label(Double.toString(target), target);
    return example;
  }

  private static List<Example> stream(int seed, int rows) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int category = random.nextInt(20);
      double number = 100 + 30 * random.nextGaussian();
      Example example = example(5 * category + number + random.nextGaussian(), category);
      example.features().addNumeric(NUMERIC, (float) number);
      examples.add(example);
    }
    return examples;
  }
}
