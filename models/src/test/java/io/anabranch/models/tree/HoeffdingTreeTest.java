package io.anabranch.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.tree.HoeffdingTree.Hyper;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HoeffdingTreeTest {
  private static final int BITS = 8;
  private static final int FIRST = (1 << BITS) + 9;
  private static final int SECOND = FIRST + 1;
  private static final int DAY = -77;

  @Test
  void itSplitsAsSoonAsTheBoundAllows() {
    HoeffdingTree tree = tree(new Hyper(1, 1e-7, 0, 1e6));
    for (int i = 0; i < 8; i++) {
      tree.learn(day(i % 2, 3 + i % 2));
    }
    // The gain is one bit; ε = √(16.118 / 2n) is 1.0037 at n = 8 and 0.9463 at n = 9, where the
    // gain is the entropy of 4/9, 0.9911.
    assertThat(tree.root()).isInstanceOf(Leaf.class);
    tree.learn(day(0, 3));
    assertThat(((Split) tree.root()).test).isEqualTo(new SplitTest.Is(DAY, 3));
    assertThat(predict(tree, day(0, 3)).probability()).isLessThan(0.2);
    assertThat(predict(tree, day(0, 4)).probability()).isGreaterThan(0.8);
  }

  @Test
  void itWaitsForTheGracePeriod() {
    HoeffdingTree tree = tree(Hyper.DEFAULT);
    for (int i = 0; i < 199; i++) {
      tree.learn(day(i % 2, 3 + i % 2));
    }
    assertThat(tree.root()).isInstanceOf(Leaf.class);
    tree.learn(day(1, 4));
    assertThat(tree.root()).isInstanceOf(Split.class);
  }

  @Test
  void equalFeaturesSplitOnceTheBoundIsBelowTheTie() {
    HoeffdingTree tree = tree(Hyper.DEFAULT);
    // ε is below 0.05 from n = 3224 on; tries are at multiples of 200.
    for (int i = 0; i < 3_399; i++) {
      tree.learn(numbers(i % 2, i % 2, i % 2));
    }
    assertThat(tree.root()).isInstanceOf(Leaf.class);
    tree.learn(numbers(1, 1, 1));
    assertThat(tree.root()).isInstanceOf(Split.class);
  }

  @Test
  void whatIsMissingOrUnknownGoesWhereMostGoes() {
    HoeffdingTree tree = tree(Hyper.DEFAULT);
    for (int i = 0; i < 900; i++) {
      tree.learn(day(i % 3 == 0 ? 1 : 0, i % 3 == 0 ? 4 : 3));
    }
    Example missing = day(1, 3);
    missing.features().clear();
    assertThat(predict(tree, missing).positive()).isFalse();
    assertThat(((Split) tree.root()).branch(missing.features())).isZero();

    Split split =
        new Split(new SplitTest.OneOf(DAY, new int[] {3, 4}), new Node[2], new double[] {1, 2});
    assertThat(split.branch(day(0, 5).features())).isEqualTo(1);
    assertThat(split.branch(day(0, 3).features())).isZero();
  }

  @Test
  void itLearnsWhatNoFeatureSaysAlone() {
    HoeffdingTree tree = tree(Hyper.DEFAULT);
    SplittableRandom random = new SplittableRandom(1);
    int right = 0;
    for (int i = 0; i < 20_000; i++) {
      float first = (float) random.nextDouble();
      float second = (float) random.nextDouble();
      Example example = numbers(first > 0.5 == second > 0.3 ? 1 : 0, first, second);
      right += i >= 15_000 && predict(tree, example).positive() == (example.target() == 1) ? 1 : 0;
      tree.learn(example);
    }
    // Measured: 4,885 of 5,000; naive Bayes stays near chance.
    assertThat(right).isGreaterThan(4_750);
  }

  @Test
  void aLeafPredictsByWhatWasRightMoreOften() {
    HoeffdingTree tree = tree(Hyper.DEFAULT);
    for (int i = 0; i < 30; i++) {
      tree.learn(day(i % 3 == 0 ? 1 : 0, i % 3 == 0 ? 4 : 3));
    }
    Leaf leaf = (Leaf) tree.root();
    assertThat(leaf.bayesRight).isGreaterThan(leaf.majorityRight);
    assertThat(predict(tree, day(1, 4)).positive()).isTrue();
    leaf.majorityRight = leaf.bayesRight + 1;
    assertThat(predict(tree, day(1, 4)).positive()).isFalse();
  }

  @Test
  void memoryStaysWithinItsBoundAndTheTreeGoesOn() {
    double most = 30_000;
    HoeffdingTree tree = tree(new Hyper(50, 0.5, 1, most));
    SplittableRandom random = new SplittableRandom(2);
    boolean someRest = false;
    int right = 0;
    for (int i = 0; i < 20_000; i++) {
      float first = (float) random.nextDouble();
      Example example = numbers(first > 0.5 ? 1 : 0, first, random.nextInt(5));
      // Ever new words: no leaf could hold them all.
      example.features().addSparse(random.nextInt(1 << BITS), 1, 5);
      example.features().addSparse(random.nextInt(1 << BITS), 1, DAY);
      right += i >= 10_000 && predict(tree, example).positive() == first > 0.5 ? 1 : 0;
      tree.learn(example);
      assertThat(tree.bytes()).isLessThan((long) most + 1_000);
      someRest |= i % 1_000 == 0 && resting(tree.root()) > 0;
    }
    assertThat(someRest).isTrue();
    assertThat(right).isGreaterThan(9_500);
    HoeffdingTreeProvider provider = new HoeffdingTreeProvider();
    LearnerSettings settings =
        new LearnerSettings(Target.binary("1"), BITS, Map.of("memory", most), 1);
    HoeffdingTree restored = (HoeffdingTree) provider.read(provider.write(tree), settings);
    assertThat(restored.bytes()).isEqualTo(tree.bytes());
  }

  @Test
  void leavesBeginAgainWhenHalfTheMemoryIsFree() {
    Leaf resting = new Leaf(new double[] {50, 50});
    resting.deactivate();
    Leaf pure = new Leaf(new double[] {0, 100});
    Split root =
        new Split(new SplitTest.Is(DAY, 3), new Node[] {resting, pure}, new double[] {1, 1});
    TreeMemory memory = new TreeMemory(10_000, root);
    long before = memory.bytes();
    memory.balance(root);
    assertThat(resting.observations).isNotNull();
    assertThat(memory.bytes()).isEqualTo(before + pure.observationBytes());
  }

  @Test
  void hyperparametersMustBeInRange() {
    assertThat(Hyper.of(settings(Map.of()))).isEqualTo(new Hyper(200, 1e-7, 0.05, 4_000_000));
    refused(Map.of("grace-period", 0.0), "grace-period must be between 1 and 1000000000, got 0.0");
    refused(Map.of("split-confidence", 0.0), "split-confidence must be > 0 and <= 1, got 0.0");
    refused(Map.of("tie-threshold", 1.5), "tie-threshold must be between 0 and 1, got 1.5");
    refused(Map.of("memory", 9_999.0), "memory must be between 10000 and 1000000000, got 9999.0");
    assertThat(new HoeffdingTreeProvider().hyperparameters())
        .extracting(rule -> rule.name() + " " + rule.rule())
        .containsExactly(
            "grace-period must be a whole number between 1 and 1000000000",
            "split-confidence must be > 0 and <= 1",
            "tie-threshold must be between 0 and 1",
            "memory must be a whole number between 10000 and 1000000000");
    assertThat(new HoeffdingTreeProvider().hyperparameters())
        .extracting(Hyperparameter::defaultText)
        .containsExactly("200", "0.0000001", "0.05", "4000000");
  }

  @Property(seed = "1", tries = 300)
  void whateverIsLearnedProbabilitiesAreProbabilities(
      @ForAll @Size(max = 100) List<@FloatRange(min = -Float.MAX_VALUE) Float> values) {
    HoeffdingTree tree = tree(new Hyper(5, 0.9, 1, 20_000));
    for (float value : values) {
      Example example = numbers(value > 0 ? 1 : 0, value, -value);
      example.features().addSparse(Math.floorMod(Float.hashCode(value), 256), value, 3);
      tree.learn(example);
      assertThat(predict(tree, example).probability()).isBetween(1e-7, 1 - 1e-7);
    }
  }

  private static int resting(Node node) {
    if (node instanceof Split split) {
      int sum = 0;
      for (Node child : split.children) {
        sum += resting(child);
      }
      return sum;
    }
    return ((Leaf) node).observations == null ? 1 : 0;
  }

  private static void refused(Map<String, Double> hyper, String message) {
    assertThatThrownBy(() -> Hyper.of(settings(hyper))).hasMessage(message);
  }

  private static HoeffdingTree tree(Hyper hyper) {
    return new HoeffdingTree(Target.binary("1"), BITS, hyper);
  }

  private static LearnerSettings settings(Map<String, Double> hyper) {
    return new LearnerSettings(Target.binary("1"), BITS, hyper, 1);
  }

  private static Prediction predict(HoeffdingTree tree, Example example) {
    Prediction prediction = new Prediction();
    tree.predict(example, prediction);
    return prediction;
  }

  private static Example numbers(double target, float first, float second) {
    Example example = new Example();
    example.clear();
    example.features().addNumeric(FIRST, first);
    example.features().addNumeric(SECOND, second);
    example.label(target == 1 ? "1" : "0", target);
    return example;
  }

  private static Example day(double target, int value) {
    Example example = numbers(target, 0, 0);
    example.features().clear();
    example.features().addSparse(value, 1, DAY);
    return example;
  }
}
