package io.anabranch.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreBinsTest {

  /** How scores of positives and negatives may lie, as log-odds. */
  enum Scores {
    /** As of a good classifier of balanced classes. */
    SPREAD(0.5, r -> 1.5 * r.nextGaussian(), 2.0),
    /** As of click-through: rare positives, probabilities around 3 %. */
    RARE(0.03, r -> -3.5 + 0.8 * r.nextGaussian(), 0.8),
    /** As of a model that hardly learned: probabilities between 0.48 and 0.52. */
    CROWDED(0.5, r -> 0.02 * r.nextGaussian(), 0.02),
    /** As of naive Bayes: overconfident, most beyond 0.999 or below 0.001. */
    EXTREME(0.3, r -> 12 * r.nextGaussian(), 15),
    /** Of very rare events: about one in 10,000. */
    VERY_RARE(0.005, r -> -9 + 0.7 * r.nextGaussian(), 1);

    private final double base;
    private final ToDoubleFunction<Random> logOdds;
    private final double shift;

    Scores(double base, ToDoubleFunction<Random> logOdds, double shift) {
      this.base = base;
      this.logOdds = logOdds;
      this.shift = shift;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aucIsWithinHalfAThousandthOfTheExactOne(Scores scores) {
    Random random = new Random(5);
    int n = 20_000;
    double[] probabilities = new double[n];
    boolean[] positives = new boolean[n];
    ScoreBins bins = new ScoreBins();
    for (int i = 0; i < n; i++) {
      positives[i] = random.nextDouble() < scores.base;
      double z = scores.logOdds.applyAsDouble(random) + (positives[i] ? scores.shift : 0);
      probabilities[i] = 1 / (1 + Math.exp(-z));
      bins.score(probabilities[i], positives[i]);
    }
    double exact = exactAuc(probabilities, positives);
    assertThat(exact).isBetween(0.6, 0.99);
    assertThat(auc(bins)).isCloseTo(exact, within(0.0005));
  }

  @Property(seed = "1")
  void binsAscendWithTheProbability(
      @ForAll @DoubleRange(max = 1) double one, @ForAll @DoubleRange(max = 1) double other) {
    int low = ScoreBins.binOf(Math.min(one, other));
    int high = ScoreBins.binOf(Math.max(one, other));
    assertThat(low).isBetween(0, high);
    assertThat(high).isLessThan(ScoreBins.BINS);
  }

  @Test
  void theEndsAndTheMiddleHaveBins() {
    assertThat(ScoreBins.binOf(0)).isZero();
    assertThat(ScoreBins.binOf(0x1p-53)).isZero();
    assertThat(ScoreBins.binOf(0.5)).isEqualTo(ScoreBins.BINS / 2);
    assertThat(ScoreBins.binOf(1)).isEqualTo(ScoreBins.BINS - 1);
  }

  @Test
  void noBinIsWiderThanFourThousandths() {
    int steps = 1_000_000;
    double begin = 0;
    for (int i = 1; i <= steps; i++) {
      double p = (double) i / steps;
      if (ScoreBins.binOf(p) != ScoreBins.binOf(begin)) {
        assertThat(p - begin).isLessThan(0.004 + 2.0 / steps);
        begin = p;
      }
    }
  }

  /** The Mann-Whitney statistic by ranks, ties at their mean rank. */
  private static double exactAuc(double[] scores, boolean[] positives) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    double rankSum = 0;
    double count = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && scores[order[to]] == scores[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        if (positives[order[i]]) {
          rankSum += (from + to + 1) / 2.0;
          count++;
        }
      }
      from = to;
    }
    return (rankSum - count * (count + 1) / 2) / (count * (scores.length - count));
  }

  private static double auc(ScoreBins bins) {
    var figures = new TreeMap<String, Double>();
    bins.figures(figures);
    return figures.get("auc");
  }
}
