package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PerKeySpecTest {
  private static final long GIB = 1L << 30;

  @Test
  void whereNothingIsSaidModelsHaveAnEighthOfTheHeapDealtToTheSlots() {
    PerKeySpec spec = spec(PerKeySpec.HEAP_SHARE);
    assertThat(spec.heapBytes(GIB, 1)).isEqualTo(GIB / 8);
    assertThat(spec.heapBytes(5 * GIB, 2)).isEqualTo(5 * GIB / 16);
    assertThat(spec.heapBytes(7, 2)).isEqualTo(1);
  }

  @Test
  void whatIsSaidOfTheHeapHoldsWhateverThereIs() {
    assertThat(spec(50_000).heapBytes(GIB, 4)).isEqualTo(50_000);
  }

  @Test
  void lessThanNothingIsRefused() {
    assertThatThrownBy(() -> spec(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("heapBytes must be >= 0, got -1");
  }

  private static PerKeySpec spec(long heapBytes) {
    return new PerKeySpec(
        "lr",
        "logistic-regression",
        new LearnerSettings(Target.binary("1"), 22, Map.of(), 1),
        KeyChoice.ENTITY,
        1_000,
        Holdout.NONE,
        heapBytes,
        KeyLimits.NONE);
  }
}
