package io.anabranch.models.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.evidence.CategoryTable;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.linear.ParallelTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedNaiveBayesTest {
  private static final int BITS = 8;
  private static final int DAY = -70_001;
  private static final int WORDS = (1 << 30) - 3;
  private static final NaiveBayesProvider PROVIDER = new NaiveBayesProvider();
  private static final LearnerSettings SETTINGS =
      new LearnerSettings(
          new Target(TargetType.MULTICLASS, "", List.of("low", "middle", "high")),
          BITS,
          Map.of(),
          1);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void countsOfSeveralTrainersAreThoseOfOneToTheLastBit(int trainers) {
    List<Example> examples = examples(3_000, false);
    List<SharedLearner> replicas = trained(trainers, examples);
    SharedLearner alone = alone(examples);
    for (SharedLearner replica : replicas) {
      replica.examples(examples.size());
      assertThat(PROVIDER.write(replica)).isEqualTo(PROVIDER.write(alone));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void momentsAndWeightsOfSeveralTrainersPredictWhatOneDoes(int trainers) {
    List<Example> examples = examples(3_000, true);
    List<SharedLearner> replicas = trained(trainers, examples);
    Learner alone = PROVIDER.create(SETTINGS);
    examples.forEach(alone::learn);
    for (Example example : examples(200, true)) {
      double[] expected = probabilities(alone, example);
      for (SharedLearner replica : replicas) {
        assertThat(probabilities(replica, example)).containsExactly(expected, within(1e-9));
      }
    }
  }

  @Test
  void whatIsOnItsWayAndWhatIsPendingIsPartOfTheView() {
    SharedLearner replica = replica();
    SharedLearner other = replica();
    SharedLearner alone = replica();
    List<Example> examples = examples(30, false);
    examples.forEach(alone::learn);
    examples.subList(0, 10).forEach(other::learn);
    examples.subList(10, 20).forEach(replica::learn);
    CoordinateBatch[] onItsWay = drain(replica);
    examples.subList(20, 30).forEach(replica::learn);
    // Truth knows of the other trainer only. Twice: nothing of it may add up.
    CoordinateBatch[] truth = drain(other);
    for (int time = 0; time < 2; time++) {
      for (int shard = 0; shard < truth.length; shard++) {
        replica.overwrite(truth[shard]);
        replica.reapply(onItsWay[shard], truth[shard]);
      }
    }
    replica.examples(30);
    assertThat(PROVIDER.write(replica)).isEqualTo(PROVIDER.write(alone));
  }

  @Test
  void aModelIsWhereAnotherBegins() {
    List<Example> examples = examples(500, true);
    Learner model = PROVIDER.create(SETTINGS);
    examples.forEach(model::learn);
    CoordinateBatch delta = PROVIDER.delta(model).orElseThrow();
    MergeRule rule = PROVIDER.mergeRule(SETTINGS).orElseThrow();
    CoordinateBatch truth = new CoordinateBatch(delta.width(), delta.statisticsWidth());
    for (int i = 0; i < delta.size(); i++) {
      int at = truth.add(delta.coordinates()[i]);
      rule.merge(delta.coordinates()[i], truth.values(), at, delta.values(), at, 1);
    }
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int at = truth.addStatistics(delta.statisticsCoordinates()[i]);
      rule.mergeStatistics(
          delta.statisticsCoordinates()[i], truth.statistics(), at, delta.statistics(), at);
    }
    SharedLearner replica = replica();
    replica.overwrite(truth);
    replica.examples(model.examples());
    assertThat(probabilities(replica, examples.get(7)))
        .containsExactly(probabilities(model, examples.get(7)), within(1e-9));
    Learner read = PROVIDER.read(PROVIDER.write(replica), SETTINGS);
    assertThat(probabilities(read, examples.get(8)))
        .isEqualTo(probabilities(replica, examples.get(8)));
  }

  @Test
  void valuesWhoseHashesMeetBelongToTheFieldThatWasMergedFirst() {
    SharedLearner first = replica();
    SharedLearner second = replica();
    first.learn(example("low", 5, 1, DAY));
    second.learn(example("high", 5, 1, DAY - 1));
    MergeRule rule = PROVIDER.mergeRule(SETTINGS).orElseThrow();
    CoordinateBatch one = drain(first)[5];
    CoordinateBatch other = drain(second)[5];
    rule.merge(5, one.values(), 0, other.values(), 0, 2);
    second.overwrite(one);
    SharedLearner alone = replica();
    alone.learn(example("low", 5, 1, DAY));
    alone.learn(example("high", 5, 1, DAY));
    // The examples by class are of another shard.
    second.learn(example("low", 6, 1, DAY));
    alone.learn(example("low", 6, 1, DAY));
    assertThat(second.shape().shardOf(FeatureVector.bias(BITS))).isZero();
    assertThat(counts(second)).containsExactly(2, 0, 1);
    assertThat(counts(alone)).containsExactly(2, 0, 1);
  }

  @Test
  void sharedClassesMustBeDeclaredAndFitIntoABlock() {
    assertThat(PROVIDER.whyNotShared(settings(List.of())))
        .hasValueSatisfying(why -> assertThat(why).startsWith("without target.classes: "));
    List<String> many = Stream.iterate(0, i -> i + 1).limit(342).map(String::valueOf).toList();
    assertThat(PROVIDER.whyNotShared(settings(many)))
        .hasValue("with more than 341 classes, got 342");
    assertThat(PROVIDER.whyNotShared(settings(many.subList(0, 341)))).isEmpty();
  }

  private static LearnerSettings settings(List<String> classes) {
    return new LearnerSettings(new Target(TargetType.MULTICLASS, "", classes), BITS, Map.of(), 1);
  }

  /** How often each class had a value of the one group that there is. */
  private static double[] counts(SharedLearner replica) {
    NaiveBayes model = ((SharedNaiveBayes) replica).model();
    CategoryTable values = model.observations().categories();
    assertThat(values.members(values.groupOf(0))).isEqualTo(2);
    double[] counts = new double[3];
    for (int slot = 0; slot < 2; slot++) {
      for (int c = 0; c < counts.length; c++) {
        counts[c] += values.count(slot, c);
      }
    }
    return counts;
  }

  private static SharedLearner replica() {
    return PROVIDER.createShared(SETTINGS).orElseThrow();
  }

  private static SharedLearner alone(List<Example> examples) {
    SharedLearner alone = replica();
    examples.forEach(alone::learn);
    return alone;
  }

  private static List<SharedLearner> trained(int trainers, List<Example> examples) {
    List<SharedLearner> replicas = new ArrayList<>();
    for (int i = 0; i < trainers; i++) {
      replicas.add(replica());
    }
    ParallelTraining training =
        new ParallelTraining(PROVIDER.mergeRule(SETTINGS).orElseThrow(), replicas, 50, true);
    training.run(examples);
    training.finish();
    return replicas;
  }

  private static CoordinateBatch[] drain(SharedLearner replica) {
    CoordinateBatch[] batches = new CoordinateBatch[replica.shape().shards()];
    for (int i = 0; i < batches.length; i++) {
      batches[i] =
          new CoordinateBatch(replica.shape().deltaWidth(), replica.shape().statisticsWidth());
    }
    replica.drain(batches);
    return batches;
  }

  private static double[] probabilities(Learner learner, Example example) {
    Prediction prediction = new Prediction();
    learner.predict(example, prediction);
    return IntStream.range(0, 3).mapToDouble(prediction::classProbability).toArray();
  }

  private static Example example(String label, int coordinate, float value, int group) {
    Example example = new Example();
    example.clear();
    example.features().addSparse(coordinate, value, group);
    example.label(label, Double.NaN);
    return example;
  }

  /** Categories and words, and if wanted numbers and weights. */
  private static List<Example> examples(int count, boolean numbers) {
    SplittableRandom random = new SplittableRandom(count);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(3);
      Example example =
          example(SETTINGS.target().classes().get(kind), random.nextInt(7) + 3 * kind, 1, DAY);
      for (int word = 0; word < random.nextInt(4); word++) {
        example.features().addSparse(100 + random.nextInt(20), 1 + word, WORDS);
      }
      if (numbers) {
        example.features().addNumeric((1 << BITS) + 9, (float) (kind + random.nextGaussian()));
        example.features().addNumeric((1 << BITS) + 10, (float) (5 - kind * random.nextDouble()));
        example.weigh(random.nextInt(3));
      }
      examples.add(example);
    }
    return examples;
  }
}
