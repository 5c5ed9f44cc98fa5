package io.anabranch.local.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long MILLI = 1_000_000;

  private long now = 7_000 * MILLI;

  private Pacer pacer(double perSecond) {
    return new Pacer(perSecond, () -> now, nanos -> now += nanos);
  }

  @Test
  void eventsAreSpacedEvenly() {
    Pacer pacer = pacer(200);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pacer.await();
      times.add(now / MILLI);
    }

    assertThat(times).containsExactly(7_000L, 7_005L, 7_010L, 7_015L, 7_020L);
  }

  @Test
  void aShortDelayIsMadeUpFor() {
    Pacer pacer = pacer(100);
    pacer.await();
    now += 35 * MILLI;
    for (int i = 0; i < 4; i++) {
      pacer.await();
    }

    assertThat(now / MILLI).isEqualTo(7_040);
  }

  @Test
  void aLongStallIsNotFollowedByABurst() {
    Pacer pacer = pacer(100);
    pacer.await();
    now += 5_000 * MILLI;
    for (int i = 0; i < 11; i++) {
      pacer.await();
    }

    assertThat(now / MILLI).isEqualTo(12_000 + 100);
  }

  @Test
  void withoutARateNothingWaits() {
    Pacer pacer = new Pacer(Double.POSITIVE_INFINITY, () -> now, nanos -> now = Long.MAX_VALUE);
    for (int i = 0; i < 1_000; i++) {
      pacer.await();
    }

    assertThat(now).isEqualTo(7_000 * MILLI);
  }
}
