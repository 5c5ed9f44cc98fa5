package io.anabranch.operators.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.record.KeyCounts;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What subtasks count, and what becomes of it when it comes together. */
class HotKeysTest {
  private static final Offset<Double> NEAR = Offset.offset(0.04);

  @Test
  void theShareOfAHotKeyIsKnownSoon() {
    HotKeys keys = new HotKeys(1);
    feed(keys, 10_000, 0.5, "hot", 2);

    KeyCounts counts = keys.take();
    assertThat(counts.records()).isEqualTo(10_000);
    assertThat(counts.byKey()).containsOnlyKeys("hot");
    assertThat(share(counts)).isEqualTo(0.5, NEAR);
    assertThat(keys.hottest()).isEqualTo(0.5, NEAR);
    assertThat(keys.take()).isEqualTo(KeyCounts.NONE);
  }

  @Test
  void whereAllKeysAreAlikeNoneIsHot() {
    HotKeys keys = new HotKeys(1);
    feed(keys, 100_000, 0, "none", 3);

    assertThat(keys.take().byKey()).isEmpty();
    assertThat(keys.hottest()).isLessThan(0.02);
  }

  @Test
  void keysThatTakeTurnsAreAllSeenByTheSample() {
    HotKeys keys = new HotKeys(1);
    for (int i = 0; i < 80_000; i++) {
      keys.seen("k" + i % 8); // a sample of each eighth record would see one of them
    }

    assertThat(keys.take().byKey()).hasSize(8);
    assertThat(keys.hottest()).isEqualTo(1 / 8.0, NEAR);
  }

  @Test
  void aKeyThatIsNoLongerHotIsForgotten() {
    HotKeys keys = new HotKeys(1);
    feed(keys, 50_000, 0.5, "yesterday", 4);
    feed(keys, 400_000, 0.5, "today", 5);

    assertThat(keys.take().byKey()).containsOnlyKeys("today");
  }

  @Test
  void sharesOfAllSubtasksAreThoseOfAllRecords() {
    KeyShares shares = new KeyShares();
    HotKeys busy = new HotKeys(1);
    HotKeys idle = new HotKeys(2);
    for (int i = 0; i < 20; i++) {
      feed(busy, 7_500, 2.0 / 3, "hot", i);
      feed(idle, 2_500, 0.1, "warm", 100 + i);
      shares.add(busy.take());
      shares.add(idle.take());
    }

    // a tenth of a quarter is less than a twentieth
    assertThat(shares.shares()).containsOnlyKeys("hot");
    assertThat(shares.shares().get("hot")).isEqualTo(0.5, NEAR);
  }

  @Test
  void theMergeForgetsToo() {
    KeyShares shares = new KeyShares();
    for (int i = 0; i < 100; i++) {
      shares.add(new KeyCounts(10_000, Map.of("yesterday", 5_000L)));
    }
    for (int i = 0; i < 100; i++) {
      shares.add(new KeyCounts(10_000, Map.of("today", 5_000L)));
    }

    assertThat(shares.shares()).containsOnlyKeys("today");
  }

  @Test
  void theMergeHoldsNoMoreKeysThanItMay() {
    KeyShares shares = new KeyShares();
    for (int i = 0; i < 10_000; i++) {
      shares.add(new KeyCounts(10, Map.of("k" + i, 1L, "hot", 5L)));
      assertThat(shares.size()).isLessThanOrEqualTo(256);
    }

    assertThat(shares.shares()).containsOnlyKeys("hot");
  }

  private static double share(KeyCounts counts) {
    return counts.byKey().values().iterator().next() / (double) counts.records();
  }

  private static void feed(HotKeys keys, int records, double share, String hot, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < records; i++) {
      keys.seen(random.nextDouble() < share ? hot : "k" + random.nextInt(10_000));
    }
  }
}
