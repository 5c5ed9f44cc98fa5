package io.anabranch.flinkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.exchange.CoordinateBatch;
import org.junit.jupiter.api.Test;

class KMeansSumsTest {
  private static final KMeansSums STATISTIC = new KMeansSums(3, 2);

  /** 32 examples leave a half: 100,000 of them 2^-3125, far below the least double. */
  private static final double FADING = Math.log(0.5) / 32;

  private static final double[][] BEGIN = {{10, 10}, {-10, -10}, {3, -4}};

  @Test
  void usageExample() {
    SumsLearner learner = new SumsLearner(STATISTIC, 0);
    learner.restore(STATISTIC.of(BEGIN, new double[] {1, 1, 1}));
    learner.learn(point(12, 12));
    assertThat(STATISTIC.centroid(learner.sums(), 0)).containsExactly(11, 11);
    assertThat(STATISTIC.weight(learner.sums(), 0)).isEqualTo(2);
  }

  @Test
  void aCentroidThatNothingComesNearStaysWhereItIsHoweverLongTheOthersLearn() {
    SumsLearner learner = new SumsLearner(STATISTIC, FADING);
    learner.restore(STATISTIC.of(BEGIN, new double[3]));
    for (int i = 0; i < 100_000; i++) {
      learner.learn(i % 2 == 0 ? point(10, 10) : point(-10, -10));
    }
    assertCentroid(learner.sums(), 2, 3, -4);
    assertThat(STATISTIC.weight(learner.sums(), 2)).isEqualTo(KMeansSums.LEAST_WEIGHT);

    // What comes near it at last moves it all the way: what it was made of has faded.
    learner.learn(point(4, -4));
    assertCentroid(learner.sums(), 2, 4, -4);
    assertThat(STATISTIC.weight(learner.sums(), 2)).isEqualTo(1);
  }

  @Test
  void theTruthOfTwoTrainersKeepsItToo() {
    SumsLearner[] trainers = new SumsLearner[2];
    SumsLearner first = new SumsLearner(STATISTIC, FADING);
    first.restore(STATISTIC.of(BEGIN, new double[3]));
    double[] truth = new double[STATISTIC.sums() * SumsLearner.FADING];
    merge(new KMeansProvider().delta(first).orElseThrow(), truth);
    for (int t = 0; t < trainers.length; t++) {
      trainers[t] = new SumsLearner(STATISTIC, FADING);
      trainers[t].overwrite(all(truth));
    }
    for (int round = 0; round < 100; round++) {
      for (SumsLearner trainer : trainers) {
        // An interval in which even what is pending fades below the least double.
        for (int i = 0; i < 1_000; i++) {
          trainer.learn(i == 0 ? point(12, 12) : point(-10, -10));
        }
        CoordinateBatch[] delta = {new CoordinateBatch(0, SumsLearner.FADING)};
        trainer.drain(delta);
        merge(delta[0], truth);
        trainer.overwrite(all(truth));
      }
    }
    for (SumsLearner trainer : trainers) {
      assertCentroid(trainer.sums(), 0, 12, 12);
      assertCentroid(trainer.sums(), 1, -10, -10);
      assertCentroid(trainer.sums(), 2, 3, -4);
    }
  }

  private static void merge(CoordinateBatch delta, double[] truth) {
    SumsMerge rule = new SumsMerge(SumsLearner.shape(STATISTIC, FADING));
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int sum = delta.statisticsCoordinates()[i];
      rule.mergeStatistics(
          sum, truth, sum * SumsLearner.FADING, delta.statistics(), i * SumsLearner.FADING);
    }
  }

  private static CoordinateBatch all(double[] truth) {
    CoordinateBatch batch = new CoordinateBatch(0, SumsLearner.FADING);
    for (int sum = 0; sum < STATISTIC.sums(); sum++) {
      int at = batch.addStatistics(sum);
      System.arraycopy(truth, sum * SumsLearner.FADING, batch.statistics(), at, SumsLearner.FADING);
    }
    return batch;
  }

  private static void assertCentroid(double[] sums, int cluster, double x, double y) {
    assertThat(STATISTIC.centroid(sums, cluster))
        .containsExactly(new double[] {x, y}, within(1e-9));
  }

  private static Example point(double x, double y) {
    Example example = new Example();
    example.features().addSparse(0, (float) x);
    example.features().addSparse(1, (float) y);
    return example;
  }
}
