package io.anabranch.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldoutTest {
  @Test
  void aFractionOfTheIdsIsHeldOut() {
    assertThat(heldOut(new Holdout(0.2, 1))).hasSizeBetween(1_880, 2_120); // 3 sigma
    assertThat(heldOut(new Holdout(0.01, 1))).hasSizeBetween(70, 130);
  }

  @Test
  void aLargerFractionHoldsOutMoreOfTheSame() {
    assertThat(heldOut(new Holdout(0.3, 1))).containsAll(heldOut(new Holdout(0.2, 1)));
  }

  @Test
  void theChoiceIsTheSameInEveryProcess() {
    Holdout holdout = new Holdout(0.2, 1);
    assertThat(IntStream.range(0, 30).filter(id -> holdout.contains("id-" + id)))
        .containsExactly(4, 5, 10, 21, 22, 24, 27, 29);
  }

  @Test
  void anotherSeedHoldsOutOthers() {
    List<String> common = heldOut(new Holdout(0.2, 1));
    common.retainAll(heldOut(new Holdout(0.2, 2)));
    assertThat(common).hasSizeBetween(340, 460); // 0.2² of all
  }

  @Test
  void withoutHoldoutEverythingIsLearned() {
    assertThat(heldOut(Holdout.NONE)).isEmpty();
  }

  @Test
  void whatIsNoFractionIsRefused() {
    assertThatThrownBy(() -> new Holdout(1, 1)).hasMessage("holdout must be >= 0 and < 1, got 1.0");
    assertThatThrownBy(() -> new Holdout(Double.NaN, 1))
        .hasMessage("holdout must be >= 0 and < 1, got NaN");
  }

  private static List<String> heldOut(Holdout holdout) {
    return IntStream.range(0, 10_000)
        .mapToObj(id -> "id-" + id)
        .filter(holdout::contains)
        .collect(Collectors.toList());
  }
}
