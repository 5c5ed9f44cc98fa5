package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QuartilesTest {

  @Test
  void usageExample() {
    double[] state = quartilesOf(1, 2, 3, 4, 5);

    assertThat(Quartiles.count(state, 0)).isEqualTo(5);
    assertThat(Quartiles.octile(state, 0, 4)).isEqualTo(3);
    // The quartiles are 2 and 4.
    assertThat(Quartiles.deviation(state, 0, 4)).isCloseTo(0.6745, within(1e-4));
  }

  @Test
  void upToNineValuesAreKeptWhateverTheirOrder() {
    double[] state = quartilesOf(5, 1, 9, 3, 7, 2, 8, 4, 6);

    for (int i = 0; i <= 8; i++) {
      assertThat(Quartiles.octile(state, 0, i)).isEqualTo(i + 1);
    }
    assertThat(Quartiles.octile(quartilesOf(10, 20), 0, 2)).isEqualTo(12.5);
    assertThat(Quartiles.octile(quartilesOf(10), 0, 6)).isEqualTo(10);
  }

  @Test
  void theTenthAndEleventhValueAreCountedAsByHand() {
    double[] state = quartilesOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 5.5);
    // 5.5 is in cell 4, between 5 and 6: markers 5 to 8 move up, and none is off by one yet.
    assertThat(state)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, /* positions */ 1, 2, 3, 4, 5, 7, 8, 9, 10);

    Quartiles.add(state, 0, 5.25);
    // Cell 4 again: positions 1 2 3 4 5 8 9 10 11 of 1 2.25 3.5 4.75 6 7.25 8.5 9.75 11. Marker 4
    // is at 5 and should be at 6, with room up to 8. Its parabola: 5 + 1/(8 − 4) ·
    // ((5 − 4 + 1) (6 − 5)/(8 − 5) + (8 − 5 − 1) (5 − 4)/(5 − 4)) = 5 + (2/3 + 2)/4 = 5.6667.
    assertThat(state[4]).isCloseTo(5 + 2.0 / 3, within(1e-12));
    assertThat(Arrays.copyOfRange(state, 9, 18)).containsExactly(1, 2, 3, 4, 6, 8, 9, 10, 11);
  }

  @Test
  void quartilesOfManyValuesAreNearTheExactOnes() {
    SplittableRandom random = new SplittableRandom(7);
    assertNear(random::nextDouble, 0.01);
    assertNear(random::nextGaussian, 0.03);
    // Tails so heavy that there is no deviation (quartiles −1, 0, 1) pull the outer markers.
    assertNear(() -> Math.tan(Math.PI * (random.nextDouble() - 0.5)), 0.3);
  }

  @Test
  void whereHalfOfTheValuesAreTheSameTheRangeIsTheUnit() {
    double[] state = quartilesOf(0, 0, 40, 0, 0, 0, 0, 0);
    assertThat(Quartiles.octile(state, 0, 6)).isZero();
    assertThat(Quartiles.deviation(state, 0, 40)).isEqualTo(1);
    assertThat(Quartiles.deviation(quartilesOf(3, 3, 3), 0, 3)).isZero();
  }

  @Property(seed = "20261121", tries = 300)
  void quartilesAreOrderedFiniteAndWithinTheRange(@ForAll float[] values) {
    double[] state = new double[Quartiles.WIDTH];
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    for (int round = 0; round < 3; round++) {
      for (float value : values) {
        if (Float.isFinite(value)) {
          Quartiles.add(state, 0, value);
          minimum = Math.min(minimum, value);
          maximum = Math.max(maximum, value);
          assertThat(Quartiles.valid(state, 0)).isTrue();
          assertThat(Quartiles.deviation(state, 0, value)).isFinite();
        }
      }
    }
    if (minimum <= maximum) {
      assertThat(Quartiles.octile(state, 0, 0)).isEqualTo(minimum);
      assertThat(Quartiles.octile(state, 0, 8)).isEqualTo(maximum);
    }
  }

  private static void assertNear(DoubleSupplier source, double tolerance) {
    double[] values = new double[20_000];
    double[] state = new double[Quartiles.WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = source.getAsDouble();
      Quartiles.add(state, 0, values[i]);
    }
    Arrays.sort(values);
    for (int i = 2; i <= 6; i += 2) {
      double exact = values[(values.length - 1) * i / 8];
      assertThat(Quartiles.octile(state, 0, i)).isCloseTo(exact, within(tolerance));
    }
  }

  private static double[] quartilesOf(double... values) {
    double[] state = new double[Quartiles.WIDTH];
    for (double value : values) {
      Quartiles.add(state, 0, value);
    }
    return state;
  }
}
