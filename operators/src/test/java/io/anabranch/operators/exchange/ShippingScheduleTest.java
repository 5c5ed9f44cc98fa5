package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ShippingScheduleTest {
  private static final int MOST = 5_000;

  @Test
  void theFirstExampleIsShippedAtOnce() {
    assertThat(new ShippingSchedule(MOST, 1).advance()).isTrue();
  }

  @Property(tries = 500, seed = "1")
  void theIntervalIsOnePercentOfWhatWasSeenButAtMostKGiveOrTakeAQuarter(
      @ForAll @LongRange(min = 500, max = 1_000_000) long seen, @ForAll long seed) {
    ShippingSchedule schedule = new ShippingSchedule(MOST, seed);
    schedule.shipped(seen);
    double interval = Math.max(1, Math.min(MOST, 0.01 * (seen - 250)));
    assertThat(next(schedule))
        .isBetween((int) Math.max(1, 0.75 * interval), (int) (1.25 * interval));
  }

  @Property(tries = 100, seed = "1")
  void ofTheFirstFiveHundredExamplesTheIntervalIsHalfAPercent(
      @ForAll @LongRange(max = 500) long seen, @ForAll long seed) {
    ShippingSchedule schedule = new ShippingSchedule(MOST, seed);
    schedule.shipped(seen);
    double interval = Math.max(1, 0.005 * seen);
    assertThat(next(schedule)).isBetween(1, (int) (1.25 * interval));
  }

  @Test
  void aModelIsYoungUntilKIsReached() {
    ShippingSchedule schedule = new ShippingSchedule(MOST, 1);
    assertThat(schedule.young()).isTrue();
    schedule.shipped(500_249);
    assertThat(schedule.young()).isTrue();
    schedule.shipped(500_250);
    assertThat(schedule.young()).isFalse();
  }

  @Test
  void trainersWithDifferentSeedsFallOutOfStep() {
    ShippingSchedule one = new ShippingSchedule(MOST, 1);
    ShippingSchedule other = new ShippingSchedule(MOST, 2);
    one.shipped(1_000_000);
    other.shipped(1_000_000);
    assertThat(next(one)).isNotEqualTo(next(other));
  }

  @Test
  void kMustBePositive() {
    assertThatThrownBy(() -> new ShippingSchedule(0, 1))
        .hasMessage("examples between shipments must be >= 1, got 0");
  }

  private static int next(ShippingSchedule schedule) {
    int examples = 1;
    while (!schedule.advance()) {
      examples++;
    }
    return examples;
  }
}
