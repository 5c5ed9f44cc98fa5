package io.anabranch.models.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.linear.Dataset;
import io.anabranch.models.linear.Prequential;
import io.anabranch.models.tree.HoeffdingTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OnlineBaggingTest {
  private static final int BITS = 8;
  private static final Map<String, Double> EARLY =
      Map.of("members", 4.0, "grace-period", 20.0, "tie-threshold", 1.0);

  private final OnlineBaggingProvider provider = new OnlineBaggingProvider();

  @Test
  void itIsTheMeanOfTreesThatLearnAsOftenAsTheyDraw() {
    LearnerSettings settings = settings(EARLY);
    Learner bag = provider.create(settings);
    HoeffdingTree[] trees = new HoeffdingTree[4];
    PoissonWeights[] draws = new PoissonWeights[4];
    for (int m = 0; m < 4; m++) {
      trees[m] = new HoeffdingTree(settings.target(), BITS, HoeffdingTree.Hyper.of(settings));
      draws[m] = new PoissonWeights(settings.seed(), m);
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      Example example = example(random, 2);
      double mean = 0;
      for (HoeffdingTree tree : trees) {
        mean += predict(tree, example) / 4;
      }
      assertThat(predict(bag, example)).isCloseTo(mean, within(1e-12));
      bag.learn(example);
      for (int m = 0; m < 4; m++) {
        example.weigh(2.0 * draws[m].of(i));
        trees[m].learn(example);
      }
    }
    assertThat(bag.examples()).isEqualTo(500);
  }

  @Test
  void learningLeavesTheExampleAsItWas() {
    Learner bag = provider.create(settings(EARLY));
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 50; i++) {
      Example example = example(random, 3);
      bag.learn(example);
      assertThat(example.weight()).isEqualTo(3);
      assertThat(example.features().size()).isEqualTo(2);
    }
  }

  @Test
  void anotherSeedDrawsOtherExamples() {
    LearnerSettings one = settings(EARLY);
    LearnerSettings other = new LearnerSettings(one.target(), BITS, EARLY, 2);
    SplittableRandom random = new SplittableRandom(3);
    Learner first = provider.create(one);
    Learner second = provider.create(other);
    for (int i = 0; i < 50; i++) {
      Example example = example(random, 1);
      first.learn(example);
      second.learn(example);
    }
    assertThat(provider.write(first)).isNotEqualTo(provider.write(second));
  }

  @Test
  void onRealDataItIsBetterThanOneTree() throws IOException {
    List<Example> pages =
        Dataset.csv(
            Objects.requireNonNull(
                OnlineBaggingTest.class.getResourceAsStream("/data/phishing.csv")),
            "is_phishing",
            "1",
            Set.of());
    LearnerSettings settings = new LearnerSettings(Target.binary("1"), Dataset.BITS, Map.of(), 1);
    Prequential bag = Prequential.of(provider.create(settings), pages);
    Prequential tree =
        Prequential.of(
            new HoeffdingTree(settings.target(), Dataset.BITS, HoeffdingTree.Hyper.of(settings)),
            pages);
    assertThat(bag.accuracy()).isGreaterThan(tree.accuracy());
    assertThat(bag.logLoss()).isLessThan(tree.logLoss());
  }

  @Test
  void hyperparametersAreThoseOfTheTreesAndTheNumberOfMembers() {
    assertThat(provider.hyperparameters())
        .extracting(Hyperparameter::name)
        .containsExactly("members", "grace-period", "split-confidence", "tie-threshold", "memory");
    assertThat(provider.hyperparameters().get(0).rule())
        .isEqualTo("must be a whole number between 1 and 1000");
    assertThat(provider.hyperparameters())
        .extracting(Hyperparameter::defaultText)
        .containsExactly("10", "200", "0.0000001", "0.05", "400000");
    refused(Map.of("members", 0.0), "members must be between 1 and 1000, got 0.0");
    refused(Map.of("members", 1001.0), "members must be between 1 and 1000, got 1001.0");
    refused(Map.of("grace-period", 0.0), "grace-period must be between 1 and 1000000000, got 0.0");
  }

  @Test
  void stateOfOtherMembersIsRefused() {
    LearnerSettings four = settings(EARLY);
    byte[] bytes = provider.write(provider.create(four));
    assertThatThrownBy(() -> provider.read(bytes, settings(Map.of("members", 5.0))))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage("members must be 5 as in the settings, got 4");

    Bag bag = new Bag(four);
    byte[] third = bag.write(bag.create(2));
    assertThat(bag.write(bag.read(2, third))).isEqualTo(third);
    assertThatThrownBy(() -> bag.read(1, third))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage("the number of the member must be 1, got 2");
  }

  @Test
  void membersThatLearnedDifferentlyManyExamplesAreRefused() {
    LearnerSettings two = settings(Map.of("members", 2.0));
    Bag bag = new Bag(two);
    Learner ahead = bag.create(1);
    ahead.learn(example(new SplittableRandom(4), 1));
    ModelWriter out = new ModelWriter("online-bagging", 1);
    out.writeInt(2);
    out.writeBytes(bag.write(bag.create(0)));
    out.writeBytes(bag.write(ahead));
    byte[] bytes = out.finish();
    assertThatThrownBy(() -> provider.read(bytes, two))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage("all members must have learned from 0 examples, got 1");
  }

  private void refused(Map<String, Double> hyper, String message) {
    assertThatThrownBy(() -> provider.create(settings(hyper))).hasMessage(message);
  }

  private static LearnerSettings settings(Map<String, Double> hyper) {
    return new LearnerSettings(Target.binary("1"), BITS, hyper, 1);
  }

  private static double predict(Learner learner, Example example) {
    Prediction prediction = new Prediction();
    learner.predict(example, prediction);
    return prediction.probability();
  }

  private static Example example(SplittableRandom random, double weight) {
    Example example = new Example();
    example.clear();
    float first = (float) random.nextDouble();
    example.features().addNumeric((1 << BITS) + 9, first);
    example.features().addNumeric((1 << BITS) + 10, (float) random.nextDouble());
    boolean positive = first + 0.2 * random.nextDouble() > 0.6;
    example.label(positive ? "1" : "0", positive ? 1 : 0);
    example.weigh(weight);
    return example;
  }
}
