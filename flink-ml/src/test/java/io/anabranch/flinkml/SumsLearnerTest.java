package io.anabranch.flinkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.learner.LearnerSettings;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SumsLearnerTest {
  private static final MomentSums MOMENTS = new MomentSums(2);
  private static final double HALF_IN_TEN = Math.log(0.5) / 10;

  @Test
  void usageExample() {
    SumsLearner learner = new SumsLearner(MOMENTS, 0);
    learner.learn(example(1, 10));
    learner.learn(example(3, 10));
    assertThat(MOMENTS.means(learner.sums())).containsExactly(2, 10);
    assertThat(MOMENTS.deviations(learner.sums())).containsExactly(Math.sqrt(2), 0);
  }

  @Test
  void deltasOfSeveralTrainersAddUpToWhatOneWouldHaveSummed() {
    SumsLearner alone = new SumsLearner(MOMENTS, 0);
    SumsLearner[] trainers = {new SumsLearner(MOMENTS, 0), new SumsLearner(MOMENTS, 0)};
    double[] truth = new double[MOMENTS.sums()];
    for (int i = 0; i < 100; i++) {
      Example example = example(i % 7, i % 3);
      alone.learn(example);
      trainers[i % 2].learn(example);
      if (i % 10 > 7) {
        merge(drain(trainers[i % 2]), truth);
      }
    }
    merge(drain(trainers[0]), truth);
    merge(drain(trainers[1]), truth);
    for (int sum = 0; sum < MOMENTS.sums(); sum++) {
      assertThat(truth[sum]).isEqualTo(alone.sums()[sum]);
    }
  }

  @Test
  void aViewIsTheTruthWithWhatIsOnItsWayAndWhatIsPending() {
    SumsLearner learner = new SumsLearner(MOMENTS, 0);
    learner.learn(example(1, 1));
    CoordinateBatch onItsWay = drain(learner);
    learner.learn(example(2, 2));
    CoordinateBatch truth = new CoordinateBatch(0, SumsLearner.PLAIN);
    // The truth of another trainer: one example of (10, 10).
    double[] others = {10, 10, 100, 100, 1};
    for (int sum = 0; sum < others.length; sum++) {
      int at = truth.addStatistics(sum);
      truth.statistics()[at] = others[sum];
    }
    learner.overwrite(truth);
    learner.reapply(onItsWay, truth);
    assertThat(learner.sums()).containsExactly(13, 13, 105, 105, 3);
  }

  @Test
  void sumsThatNothingWasAddedToAreNotShipped() {
    SumsLearner learner = new SumsLearner(MOMENTS, 0);
    learner.learn(example(0, 3));
    CoordinateBatch delta = drain(learner);
    assertThat(delta.statisticsSize()).isEqualTo(3);
    assertThat(Arrays.copyOf(delta.statisticsCoordinates(), 3)).containsExactly(1, 3, 4);
    assertThat(drain(learner).statisticsSize()).isZero();
  }

  @Test
  void whatFadesFadesByHalfInItsTime() {
    SumsLearner learner = new SumsLearner(MOMENTS, HALF_IN_TEN);
    learner.learn(example(1, 0));
    for (int i = 0; i < 10; i++) {
      learner.learn(example(0, 0));
    }
    assertThat(learner.sums()[0]).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void aDeltaFadesTheTruthByAsMuchAsItsExamplesWouldHave() {
    SumsLearner alone = new SumsLearner(MOMENTS, HALF_IN_TEN);
    SumsLearner trainer = new SumsLearner(MOMENTS, HALF_IN_TEN);
    double[] truth = new double[MOMENTS.sums() * SumsLearner.FADING];
    for (int i = 0; i < 30; i++) {
      alone.learn(example(i, 1));
      trainer.learn(example(i, 1));
      if (i % 4 == 0) {
        merge(drain(trainer), truth);
      }
    }
    merge(drain(trainer), truth);
    for (int sum = 0; sum < MOMENTS.sums(); sum++) {
      assertThat(truth[sum * SumsLearner.FADING]).isCloseTo(alone.sums()[sum], within(1e-9));
    }
  }

  @Test
  void aModelIsReadAsItWasWrittenAndADamagedOneIsRefused() {
    MomentsProvider provider = new MomentsProvider();
    LearnerSettings settings =
        new LearnerSettings(Target.numeric(), 2, Map.of(SumsProvider.FEATURES, 2), 1);
    SumsLearner learner = new SumsLearner(MOMENTS, 0);
    learner.learn(example(1, 2));
    byte[] bytes = provider.write(learner);
    assertThat(provider.write(provider.read(bytes, settings))).isEqualTo(bytes);
    bytes[30] ^= 1;
    assertThatThrownBy(() -> provider.read(bytes, settings))
        .hasMessageStartingWith("the checksum must be ");
    LearnerSettings wider =
        new LearnerSettings(Target.numeric(), 2, Map.of(SumsProvider.FEATURES, 3), 1);
    assertThatThrownBy(() -> provider.read(provider.write(learner), wider))
        .hasMessage("there must be 7 sums as in the settings, got 5");
  }

  @Test
  void theNormalEquationsOfAnEasyCaseAreSolvedByHand() {
    LeastSquaresSums statistic = new LeastSquaresSums(2);
    SumsLearner learner = new SumsLearner(statistic, 0);
    learner.learn(labelled(1, 0, 2));
    learner.learn(labelled(0, 1, 3));
    assertThat(statistic.solve(learner.sums(), 0))
        .containsExactly(new double[] {2, 3}, within(1e-12));
    // (A/n + I) β = b/n with A/n = I/2 and b/n = (1, 1.5): β = (2/3, 1).
    assertThat(statistic.solve(learner.sums(), 1))
        .containsExactly(new double[] {2.0 / 3, 1}, within(1e-12));
  }

  private static CoordinateBatch drain(SumsLearner learner) {
    CoordinateBatch[] batches = {new CoordinateBatch(0, learner.shape().statisticsWidth())};
    learner.drain(batches);
    return batches[0];
  }

  private static void merge(CoordinateBatch delta, double[] truth) {
    int width = truth.length / MOMENTS.sums();
    SumsMerge rule = new SumsMerge(SumsLearner.shape(MOMENTS, width == 1 ? 0 : HALF_IN_TEN));
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int sum = delta.statisticsCoordinates()[i];
      rule.mergeStatistics(sum, truth, sum * width, delta.statistics(), i * width);
    }
  }

  private static Example example(double first, double second) {
    Example example = new Example();
    example.features().addSparse(0, (float) first);
    example.features().addSparse(1, (float) second);
    return example;
  }

  private static Example labelled(double first, double second, double target) {
    Example example = example(first, second);
    example.label("", target);
    return example;
  }
}
