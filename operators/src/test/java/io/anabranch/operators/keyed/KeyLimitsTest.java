package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyLimitsTest {

  @Test
  void unlessSaidOtherwiseEveryModelIsKept() {
    assertThat(KeyLimits.NONE.expires()).isFalse();
    assertThat(KeyLimits.NONE.capped()).isFalse();
  }

  @Test
  void theTimeMustBePositive() {
    assertThatThrownBy(() -> new KeyLimits(0, KeyLimits.ANY))
        .hasMessage("expire must be >= 1 ms, got 0");
  }

  @Test
  void theTimeMustBeOneThatCanBeReckonedWith() {
    assertThat(new KeyLimits(KeyLimits.LONGEST_EXPIRY, KeyLimits.ANY).expires()).isTrue();
    assertThatThrownBy(() -> new KeyLimits(KeyLimits.LONGEST_EXPIRY + 1, KeyLimits.ANY))
        .hasMessage("expire must be <= 31557600000000 ms, a thousand years, got 31557600000001");
  }

  @Test
  void everyKeyGroupMustHaveRoom() {
    assertThat(new KeyLimits(KeyLimits.NEVER, 128).capped()).isTrue();
    assertThatThrownBy(() -> new KeyLimits(KeyLimits.NEVER, 127))
        .hasMessage("entries must be >= 128, one for each key group, got 127");
  }
}
