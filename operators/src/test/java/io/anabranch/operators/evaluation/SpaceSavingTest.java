package io.anabranch.operators.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpaceSavingTest {

  @Test
  void usageExample() {
    SpaceSaving keys = new SpaceSaving(3);
    for (String key : new String[] {"a", "a", "b", "a", "c", "b", "a", "a"}) {
      keys.add(key);
    }

    assertThat(keys.total()).isEqualTo(8);
    assertThat(keys.shares(0.2)).containsExactly(Map.entry("a", 5 / 8.0), Map.entry("b", 2 / 8.0));
    assertThat(keys.largestShare()).isEqualTo(5 / 8.0);
  }

  @Test
  void aNewKeyTakesTheLeastCounterAndWhatItCountedAsItsError() {
    SpaceSaving keys = new SpaceSaving(2);
    for (String key : new String[] {"a", "a", "a", "b", "b", "c"}) {
      keys.add(key);
    }

    // The counter of "c" says 3, of which 2 were of "b".
    assertThat(keys.shares(0)).containsExactly(Map.entry("a", 0.5), Map.entry("c", 1 / 6.0));
  }

  @Test
  void sharesAreNeverTooLargeAndTooSmallByAtMostOneCountersShare() {
    Random random = new Random(1);
    SpaceSaving keys = new SpaceSaving(64);
    Map<String, Integer> exact = new HashMap<>();
    int records = 50_000;
    for (int i = 0; i < records; i++) {
      // Zipf-like: key k about as often as 1 / k
      String key = "k" + (int) Math.exp(random.nextDouble() * Math.log(20_000));
      keys.add(key);
      exact.merge(key, 1, Integer::sum);
    }

    Map<String, Double> shares = keys.shares(0);
    exact.forEach(
        (key, count) -> {
          double share = count / (double) records;
          double told = shares.getOrDefault(key, 0.0);
          assertThat(told).as(key).isLessThanOrEqualTo(share);
          assertThat(told).as(key).isGreaterThanOrEqualTo(share - 1.0 / 64);
        });
    assertThat(shares).hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void halvingLetsThePastFade() {
    SpaceSaving keys = new SpaceSaving(8);
    for (int i = 0; i < 1_000; i++) {
      keys.add("before");
    }
    for (int round = 0; round < 4; round++) {
      keys.halve();
      for (int i = 0; i < 1_000; i++) {
        keys.add(i % 2 == 0 ? "now" : "k" + i);
      }
    }

    assertThat(keys.shares(0.3)).containsOnlyKeys("now");
    assertThat(keys.largestShare()).isEqualTo(0.5, Offset.offset(0.1));
  }
}
