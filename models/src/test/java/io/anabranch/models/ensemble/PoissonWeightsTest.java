package io.anabranch.models.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PoissonWeightsTest {
  private static final int DRAWS = 200_000;

  @Test
  void drawsAreDistributedAsPoissonOfOne() {
    PoissonWeights weights = new PoissonWeights(1, 0);
    int[] counts = new int[20];
    for (int example = 0; example < DRAWS; example++) {
      counts[weights.of(example)]++;
    }
    double probability = Math.exp(-1);
    double distance = 0;
    for (int k = 0; k < 6; k++) {
      double expected = probability * DRAWS;
      distance += (counts[k] - expected) * (counts[k] - expected) / expected;
      probability /= k + 1;
    }
    // Chi-square with six cells: 99.9 % of samples are below 20.5.
    assertThat(distance).isLessThan(20.5);
  }

  @Test
  void membersAndSeedsDrawIndependently() {
    assertThat(correlation(new PoissonWeights(1, 0), new PoissonWeights(1, 1)))
        .isCloseTo(0, within(0.01));
    assertThat(correlation(new PoissonWeights(1, 0), new PoissonWeights(2, 0)))
        .isCloseTo(0, within(0.01));
    assertThat(correlation(new PoissonWeights(1, 1), new PoissonWeights(2, 0)))
        .isCloseTo(0, within(0.01));
  }

  @Test
  void aDrawDependsOnSeedMemberAndExampleAlone() {
    PoissonWeights once = new PoissonWeights(7, 3);
    PoissonWeights again = new PoissonWeights(7, 3);
    for (int example = 1_000; example >= 0; example--) {
      assertThat(again.of(example)).isEqualTo(once.of(example));
    }
    // Stored models rely on it: these must never change.
    assertThat(new int[] {once.of(0), once.of(1), once.of(2), once.of(3), once.of(1L << 40)})
        .containsExactly(2, 1, 0, 0, 1);
  }

  private static double correlation(PoissonWeights one, PoissonWeights other) {
    double sum = 0;
    for (int example = 0; example < DRAWS; example++) {
      sum += (one.of(example) - 1) * (other.of(example) - 1);
    }
    return sum / DRAWS;
  }
}
