package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {
  private final List<Long> told = new ArrayList<>();
  private long now = 1_000;
  private final Freshness freshness = new Freshness(() -> now, told::add);

  @Test
  void aShipmentIsAsOldAsItsFirstExample() {
    freshness.began();
    now = 1_040;
    freshness.shipped(true);
    now = 1_070;
    freshness.included();

    assertThat(told).containsExactly(70L);
  }

  @Test
  void whatIsNotInTheWeightsAges() {
    assertThat(freshness.stalenessNanos()).isZero();
    freshness.began();
    freshness.shipped(true);
    now = 1_010;
    freshness.began();
    now = 1_030;
    assertThat(freshness.stalenessNanos()).isEqualTo(30);
    freshness.included();
    assertThat(freshness.stalenessNanos()).isEqualTo(20);
    freshness.shipped(true);
    freshness.included();
    assertThat(freshness.stalenessNanos()).isZero();
    assertThat(told).containsExactly(30L, 20L);
  }

  @Test
  void whatIsHeldBackAgesUntilItIsShippedAndBack() {
    freshness.began();
    now = 1_010;
    freshness.shipped(false);
    freshness.included();
    assertThat(freshness.stalenessNanos()).isEqualTo(10);
    freshness.began();
    freshness.shipped(false);
    now = 1_030;
    freshness.included();
    assertThat(freshness.stalenessNanos()).isEqualTo(30);
    freshness.shipped(true); // nothing was learned since
    now = 1_050;
    assertThat(freshness.stalenessNanos()).isEqualTo(50);
    freshness.included();
    assertThat(freshness.stalenessNanos()).isZero();
    assertThat(told).containsExactly(10L, 20L, 50L);
  }
}
