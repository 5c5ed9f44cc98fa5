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
  void everyKeyGroupMustHaveRoom() {
    assertThat(new KeyLimits(KeyLimits.NEVER, 128).capped()).isTrue();
    assertThatThrownBy(() -> new KeyLimits(KeyLimits.NEVER, 127))
        .hasMessage("entries must be >= 128, one for each key group, got 127");
  }
}
