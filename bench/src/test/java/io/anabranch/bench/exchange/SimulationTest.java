package io.anabranch.bench.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.format.BlockState;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.exchange.ExchangeCoding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTest {
  private static final int CLICKS = 20_000;
  private static final LearnerRegistry REGISTRY =
      new LearnerRegistry(SimulationTest.class.getClassLoader());

  @Test
  void oneTrainerLearnsAsAModelDoesAlone() throws Exception {
    Training training = clicks("logistic-regression");
    assertThat(training.parallel(plan(1, 500, 1)).loss().mean())
        .isCloseTo(training.alone().mean(), within(1e-6));
  }

  @Test
  void theSamePlanGivesTheSameLoss() throws Exception {
    Training training = clicks("logistic-regression");
    ExchangePlan plan = plan(4, 50, 1);
    assertThat(training.parallel(plan).loss().mean())
        .isEqualTo(training.parallel(plan).loss().mean());
  }

  @Test
  void whoIsBehindByTheWholeStreamPredictsWithNothingLearned() throws Exception {
    Training training = clicks("logistic-regression");
    Loss late =
        Simulation.sequential(
            training.provider(), training.settings(), training.examples(), CLICKS);
    assertThat(late.mean()).isCloseTo(Math.log(2), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"50, 0", "50, 1", "5000, 0", "5000, 1"})
  void sixteenTrainersOfClicksLoseAtMostThreeTenthsOfAPerCent(int most, double lag)
      throws Exception {
    Training training = clicks("logistic-regression");
    Loss parallel = training.parallel(plan(16, most, lag)).loss();
    assertThat(parallel.beyond(training.alone())).isLessThan(0.003);
  }

  @Test
  void whatIsLeftOutCostsSixteenTrainersOfClicksNoMore() throws Exception {
    Training training = clicks("logistic-regression");
    ExchangePlan coded = new ExchangePlan(16, 5, 1, false, new ExchangeCoding(true, 0.9));
    double loss = training.parallel(coded).loss().beyond(training.alone());
    // Nothing may have been left out by mistake, either.
    assertThat(loss)
        .isLessThan(0.003)
        .isNotEqualTo(training.parallel(plan(16, 5, 1)).loss().beyond(training.alone()));
  }

  private static ExchangePlan plan(int trainers, int examples, double lag) {
    return new ExchangePlan(trainers, examples, lag, false, ExchangeCoding.EXACT);
  }

  @Test
  void momentsAreThoseOfOneModelHoweverManyLearn() {
    Training training = numbers("linear-regression");
    List<BlockState> alone = training.parallel(plan(1, 100, 0)).blocks();
    List<BlockState> together = training.parallel(plan(16, 100, 1)).blocks();
    assertThat(together).hasSameSizeAs(alone);
    int compared = 0;
    for (int i = 0; i < alone.size(); i++) {
      double[] expected = alone.get(i).statistics();
      for (int j = 0; j < expected.length; j++) {
        assertThat(together.get(i).statistics()[j])
            .isCloseTo(expected[j], within(1e-12 * Math.abs(expected[j])));
        compared++;
      }
    }
    // Count, mean and M2 of three numbers and of the target.
    assertThat(compared).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({
    "linear-regression, 4, 0",
    "linear-regression, 4, 1",
    "linear-regression, 16, 0",
    "linear-regression, 16, 1",
    "softmax-regression, 4, 0",
    "softmax-regression, 4, 1",
    "softmax-regression, 16, 0",
    "softmax-regression, 16, 1",
    "naive-bayes, 4, 1",
    "naive-bayes, 16, 1"
  })
  void fourAndSixteenTrainersOfNumbersLoseAtMostOnePerCent(
      String learner, int trainers, double lag) {
    Training training = numbers(learner);
    Loss parallel = training.parallel(plan(trainers, 5_000, lag)).loss();
    assertThat(parallel.beyond(training.alone())).isBetween(-0.02, 0.01);
  }

  @Test
  void countsOfClicksAreThoseOfOneModelHoweverManyLearn() throws Exception {
    Training training = clicks("naive-bayes");
    List<BlockState> alone = training.parallel(plan(1, 100, 0)).blocks();
    List<BlockState> together = training.parallel(plan(16, 100, 1)).blocks();
    assertThat(together).hasSameSizeAs(alone).isNotEmpty();
    for (int i = 0; i < alone.size(); i++) {
      assertThat(counts(together.get(i))).isEqualTo(counts(alone.get(i)));
      assertThat(together.get(i).statistics()).isEqualTo(alone.get(i).statistics());
    }
  }

  /** Without the groups: of two values whose hashes meet, the one that is merged first has it. */
  private static float[] counts(BlockState block) {
    float[] counts = block.values().clone();
    for (int at = block.truthWidth(); at <= counts.length; at += block.truthWidth()) {
      Arrays.fill(counts, at - 2, at, 0);
    }
    return counts;
  }

  private record Training(
      LearnerProvider provider, LearnerSettings settings, List<Example> examples) {
    Loss alone() {
      return Simulation.sequential(provider, settings, examples, 0);
    }

    Simulation.Outcome parallel(ExchangePlan plan) {
      return Simulation.run(provider, settings, examples, plan);
    }
  }

  private static Training clicks(String learner) throws Exception {
    Pipeline pipeline =
        DataSet.CLICKS.pipeline("{id: model, type: " + learner + ", placement: shared}");
    return new Training(
        REGISTRY.find(learner).orElseThrow(),
        pipeline.learners().get(0).settings(),
        DataSet.CLICKS.records(pipeline, Path.of(""), CLICKS));
  }

  private static Training numbers(String learner) {
    SplittableRandom random = new SplittableRandom(7);
    List<Example> examples = new ArrayList<>();
    for (int row = 0; row < 20_000; row++) {
      Example example = new Example();
      example.identify("r" + row, "", row);
      double sum = 0;
      for (int i = 1; i <= 3; i++) {
        double value = random.nextGaussian();
        example.features().addNumeric((1 << 22) + i, (float) (100 * i + value));
        sum += i * value;
      }
      double target = sum + 2 * random.nextGaussian();
      String label = target < -2 ? "low" : target < 2 ? "middle" : "high";
      example.label(label, target);
      examples.add(example);
    }
    LearnerProvider provider = REGISTRY.find(learner).orElseThrow();
    Target target =
        provider.about().targets().contains(TargetType.NUMERIC)
            ? Target.numeric()
            : new Target(TargetType.MULTICLASS, "", List.of("low", "middle", "high"));
    return new Training(
        provider,
        new LearnerSettings(target, LearnerSettings.DEFAULT_HASH_BITS, Map.of(), 1),
        examples);
  }
}
