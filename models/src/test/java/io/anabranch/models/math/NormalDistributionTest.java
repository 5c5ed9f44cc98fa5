package io.anabranch.models.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalDistributionTest {

  @ParameterizedTest
  @CsvSource({
    // scipy.stats.norm.cdf
    "0, 0.5",
    "1, 0.8413447460685429",
    "-1.959963984540054, 0.025",
    "3, 0.9986501019683699",
    "-5, 2.8665157187919333e-07",
    "-7.5, 3.190891672910896e-14"
  })
  void itAgreesWithPublishedValues(double z, double expected) {
    assertThat(NormalDistribution.cumulative(z) / expected).isCloseTo(1, within(1e-7));
  }

  @Test
  void theTwoTailsAreOne() {
    for (double z = 0; z < 45; z += 0.37) {
      assertThat(NormalDistribution.cumulative(z) + NormalDistribution.cumulative(-z))
          .isCloseTo(1, within(1e-14));
    }
    assertThat(NormalDistribution.cumulative(-40)).isZero();
    assertThat(NormalDistribution.cumulative(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }
}
