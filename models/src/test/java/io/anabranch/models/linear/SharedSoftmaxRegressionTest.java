package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.learner.LearnerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SharedSoftmaxRegressionTest {
  private static final int BITS = 8;
  private static final int NUMERIC = (1 << BITS) + 5;
  private static final List<String> CLASSES = List.of("a", "b", "c");

  private final SoftmaxRegressionProvider provider = new SoftmaxRegressionProvider();

  @Test
  void classesMustBeListedAndFit() {
    assertThat(provider.whyNotShared(settings(CLASSES))).isEmpty();
    assertThat(provider.whyNotShared(settings(List.of())))
        .contains(
            "without target.classes: trainers would number the classes in the order in which each"
                + " meets them; list them, or take placement: per-key");
    List<String> many = IntStream.range(0, 513).mapToObj(Integer::toString).toList();
    assertThat(provider.whyNotShared(settings(many)))
        .contains("with more than 512 classes, got 513");
    assertThat(provider.createShared(settings(many))).isEmpty();
    assertThat(provider.mergeRule(settings(many))).isEmpty();
  }

  @Test
  void aDeltaHoldsTheStepOfEachClass() {
    SharedSoftmaxRegression replica = new SharedSoftmaxRegression(settings(List.of("a", "b")));
    replica.learn(example("b", 7));

    // p = 1/2: g = ±1/2, n = 1/4, du = 0.5 · 1/2 / (1 + 1/2)
    float[] delta = delta(replica, 7);
    assertThat(delta[0]).isCloseTo(-1 / 6f, within(1e-6f));
    assertThat(delta[3]).isCloseTo(1 / 6f, within(1e-6f));
    assertThat(List.of(delta[1], delta[2], delta[4], delta[5])).containsExactly(.25f, 0f, .25f, 0f);
  }

  @Test
  void aDeltaNamesTheTruthThatItsGradientsSaw() {
    SharedSoftmaxRegression replica = new SharedSoftmaxRegression(settings(List.of("a", "b")));
    CoordinateBatch truth = new CoordinateBatch(4, 3);
    int at = truth.add(7);
    truth.values()[at + 1] = 3;
    truth.values()[at + 3] = 5;
    replica.overwrite(truth);
    replica.learn(example("b", 7));
    float[] delta = delta(replica, 7);
    assertThat(delta[2]).isEqualTo(3);
    assertThat(delta[5]).isEqualTo(5);
  }

  @Test
  void oneTrainerIsSequentialToRounding() {
    List<Example> examples = stream(5, 3_000);
    SoftmaxRegression sequential = new SoftmaxRegression(settings(CLASSES));
    SharedSoftmaxRegression single = new SharedSoftmaxRegression(settings(CLASSES));
    ParallelTraining training = training(List.of(single), 100, true);
    double expected = Prequential.of(sequential, examples).logLoss();
    assertThat(training.run(examples).logLoss()).isCloseTo(expected, within(1e-5));
  }

  @Property(seed = "1", tries = 40)
  void everyReplicaEndsWithTheTruth(
      @ForAll @IntRange(min = 1, max = 5) int trainers,
      @ForAll @IntRange(min = 1, max = 50) int longest,
      @ForAll boolean delayed,
      @ForAll @IntRange(max = 1_000) int seed) {
    List<SharedSoftmaxRegression> replicas =
        IntStream.range(0, trainers)
            .mapToObj(i -> new SharedSoftmaxRegression(settings(CLASSES)))
            .toList();
    ParallelTraining training = training(replicas, longest, delayed);
    training.run(stream(seed, 400));
    training.finish();
    assertThat(training.statistics().get(NUMERIC)[0]).isEqualTo(400);
    for (Example example : stream(seed + 1, 20)) {
      assertThat(replicas)
          .allSatisfy(
              replica ->
                  assertThat(probabilities(replica, example))
                      .isEqualTo(probabilities(replicas.get(0), example)));
    }
  }

  private static ParallelTraining training(
      List<SharedSoftmaxRegression> replicas, int longest, boolean delayed) {
    return new ParallelTraining(
        new DiscountedClassMerge(BITS, SoftmaxRegression.DEFAULT, CLASSES.size()),
        replicas,
        longest,
        delayed);
  }

  private static List<Double> probabilities(SharedSoftmaxRegression replica, Example example) {
    Prediction prediction = new Prediction();
    replica.predict(example, prediction);
    return IntStream.range(0, prediction.classCount())
        .mapToObj(prediction::classProbability)
        .toList();
  }

  private static float[] delta(SharedSoftmaxRegression replica, int coordinate) {
    CoordinateBatch[] batches = new CoordinateBatch[replica.shape().shards()];
    for (int shard = 0; shard < batches.length; shard++) {
      batches[shard] = new CoordinateBatch(replica.shape().deltaWidth(), 3);
    }
    replica.drain(batches);
    CoordinateBatch batch = batches[replica.shape().shardOf(coordinate)];
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.coordinates()[0]).isEqualTo(coordinate);
    return batch.values();
  }

  private static LearnerSettings settings(List<String> classes) {
    return new LearnerSettings(new Target(TargetType.MULTICLASS, "", classes), BITS, Map.of(), 1);
  }

  private static Example example(String label, int coordinate) {
    Example example = new Example();
    example.clear();
    example.features().addSparse(coordinate, 1);
    example.label(label, Double.NaN);
    return example;
  }

  private static List<Example> stream(int seed, int rows) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int category = random.nextInt(20);
      double number = random.nextGaussian();
      double score = category % 3 + number + 0.5 * random.nextGaussian();
      Example example = example(score < 0.5 ? "a" : score < 1.5 ? "b" : "c", category);
      example.features().addNumeric(NUMERIC, (float) (50 + 10 * number));
      examples.add(example);
    }
    return examples;
  }
}
