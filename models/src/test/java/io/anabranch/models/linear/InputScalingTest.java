package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.feature.FeatureSpec.Scale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InputScalingTest {
  private static final int BITS = 8;
  private static final int STANDARD = Scale.STANDARD.region() << BITS | 7;
  private static final int MIN_MAX = Scale.MIN_MAX.region() << BITS | 7;
  private static final int ROBUST = Scale.ROBUST.region() << BITS | 7;
  private static final int[] ALL = {STANDARD, MIN_MAX, ROBUST};

  @Test
  void theCoordinateSaysTheScale() {
    InputScaling scaling = scalingOf(10, 20, 40, 50);

    // Mean 30, deviation √250.
    assertThat(scaling.scale(STANDARD, 40)).isCloseTo(10 / (float) Math.sqrt(250), within(1e-6f));
    // 40 of 10 to 50.
    assertThat(scaling.scale(MIN_MAX, 40)).isEqualTo(0.75f);
    // Median 30, quartiles 17.5 and 42.5.
    assertThat(scaling.scale(ROBUST, 40)).isCloseTo(10 / 25f * 1.34898f, within(1e-5f));
  }

  @Test
  void anOutlierIsBoundedOnEveryScale() {
    InputScaling scaling = scalingOf(10, 20, 40, 50);

    assertThat(scaling.scale(STANDARD, 1e9)).isEqualTo(3);
    assertThat(scaling.scale(MIN_MAX, 1e9)).isEqualTo(1);
    assertThat(scaling.scale(MIN_MAX, -1e9)).isZero();
    assertThat(scaling.scale(ROBUST, -1e9)).isEqualTo(-3);
  }

  @Test
  void whatNeverVariedOrNeverCameIsZero() {
    InputScaling scaling = scalingOf(5, 5, 5);
    for (int coordinate : ALL) {
      assertThat(scaling.scale(coordinate, 5)).isZero();
      assertThat(scaling.scale(coordinate + 1, 5)).isZero();
      assertThat(scaling.preview(coordinate + 1, 5)).isZero();
    }
  }

  @Test
  void robustlyScaledInputsCannotBeShared() {
    StatisticTable pending = new StatisticTable(InputScaling.WIDTH);
    assertThatThrownBy(() -> InputScaling.count(pending, ROBUST, BITS, 1))
        .hasMessage(
            "scale: robust cannot be shared: the quartiles of several trainers do not add up");
    assertThat(pending.size()).isZero();
  }

  @Property(seed = "20261121", tries = 200)
  void aPreviewIsWhatLearningWillSee(@ForAll @Size(max = 40) float[] values) {
    InputScaling scaling = new InputScaling(BITS);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        continue;
      }
      for (int coordinate : ALL) {
        float before = scaling.preview(coordinate, value);
        assertThat(scaling.preview(coordinate, value)).isEqualTo(before);
        scaling.add(coordinate, value);
        assertThat(before).isEqualTo(scaling.scale(coordinate, value)).isBetween(-3f, 3f);
      }
      assertThat(scaling.scale(MIN_MAX, value)).isBetween(0f, 1f);
    }
  }

  @Property(seed = "20261121", tries = 200)
  void rangesOfTwoTrainersMergeToTheRangeOfAll(
      @ForAll @Size(max = 20) int[] one, @ForAll @Size(max = 20) int[] other) {
    double[] all = new double[InputScaling.WIDTH];
    double[] merged = new double[InputScaling.WIDTH];
    for (int[] part : new int[][] {one, other}) {
      double[] range = new double[InputScaling.WIDTH];
      for (int value : part) {
        RunningRange.merge(range, 0, 1, value, value);
        RunningRange.merge(all, 0, 1, value, value);
      }
      InputScaling.merge(MIN_MAX, BITS, merged, 0, range, 0);
    }
    assertThat(merged).containsExactly(all);
  }

  private static InputScaling scalingOf(double... values) {
    InputScaling scaling = new InputScaling(BITS);
    for (double value : values) {
      for (int coordinate : ALL) {
        scaling.add(coordinate, value);
      }
    }
    return scaling;
  }
}
