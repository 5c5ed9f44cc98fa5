package io.anabranch.models.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NumericsTest {

  @Test
  void theLogisticFunctionTakesItsLimits() {
    assertThat(Numerics.sigmoid(0)).isEqualTo(0.5);
    assertThat(Numerics.sigmoid(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Numerics.sigmoid(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Numerics.sigmoid(-700)).isPositive();
    assertThat(Numerics.sigmoid(Double.NaN)).isNaN();
  }

  @Test
  void theLogarithmOfOnePlusExpNeitherOverflowsNorLosesSmallValues() {
    assertThat(Numerics.logOnePlusExp(1_000)).isEqualTo(1_000);
    assertThat(Numerics.logOnePlusExp(0)).isCloseTo(Math.log(2), within(1e-15));
    assertThat(Numerics.logOnePlusExp(-700)).isCloseTo(Math.exp(-700), within(1e-310));
  }

  @Property(seed = "1")
  void theLogisticFunctionIsSymmetric(@ForAll @DoubleRange(min = -50, max = 50) double t) {
    assertThat(Numerics.sigmoid(t) + Numerics.sigmoid(-t)).isCloseTo(1, within(1e-15));
  }

  @Property(seed = "1")
  void momentsMergeToThoseOfAllValues(
      @ForAll @Size(min = 2, max = 50) List<@DoubleRange(min = -1e6, max = 1e6) Double> values,
      @ForAll @IntRange(max = 50) int cut) {
    int middle = Math.min(cut, values.size());
    double[] left = moments(values.subList(0, middle));
    double[] right = moments(values.subList(middle, values.size()));
    Numerics.mergeMoments(left, 0, right, 0);

    double mean = values.stream().mapToDouble(x -> x).average().orElseThrow();
    double m2 = values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    assertThat(left[0]).isEqualTo(values.size());
    assertThat(left[1]).isCloseTo(mean, within(1e-8));
    assertThat(left[2]).isCloseTo(m2, within(1e-3 + 1e-9 * m2));
  }

  @Test
  void anEmptySideLeavesTheOtherSidesBits() {
    double[] some = {3, 0.1, 0.7};
    Numerics.mergeMoments(some, 0, new double[3], 0);
    assertThat(some).containsExactly(3, 0.1, 0.7);
    double[] none = new double[3];
    Numerics.mergeMoments(none, 0, some, 0);
    assertThat(none).containsExactly(3, 0.1, 0.7);
  }

  private static double[] moments(List<Double> values) {
    double[] moments = new double[3];
    for (double value : values) {
      Numerics.mergeMoments(moments, 0, 1, value, 0);
    }
    return moments;
  }

  @Test
  void softmaxIsStableWhateverTheMargins() {
    double[] equal = {3, 3};
    Numerics.softmax(equal);
    assertThat(equal).containsExactly(0.5, 0.5);
    double[] apart = {1e300, -1e300, 0};
    Numerics.softmax(apart);
    assertThat(apart).containsExactly(1, 0, 0);
    double[] three = {0, Math.log(2), Math.log(5)};
    Numerics.softmax(three);
    assertThat(three[1]).isCloseTo(0.25, within(1e-15));
    double[] undefined = {0, Double.NaN};
    Numerics.softmax(undefined);
    assertThat(undefined[0]).isNaN();
  }
}
