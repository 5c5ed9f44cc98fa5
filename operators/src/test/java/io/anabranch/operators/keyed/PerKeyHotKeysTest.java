package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.record.KeyCounts;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a subtask tells of keys that come more often than others. */
class PerKeyHotKeysTest {
  private static final int RECORDS = 6_000;

  @Test
  void aKeyWithHalfOfTheRecordsIsToldWithTheFigures() throws Exception {
    Random random = new Random(1);
    try (PerKeyHarness subtask = new PerKeyHarness(500).open()) {
      for (int i = 0; i < RECORDS; i++) {
        String key = random.nextBoolean() ? "hot" : "k" + random.nextInt(1_000);
        subtask.process(PerKeyHarness.labelled(key, i, true));
      }
      subtask.beforeBarrier();
      assertThat(subtask.metrics().stream().mapToLong(chunk -> chunk.keys().records()).sum())
          .isEqualTo(RECORDS);
      KeyCounts last = subtask.metrics().get(subtask.metrics().size() - 1).keys();
      assertThat(last.byKey()).containsOnlyKeys("hot");
      assertThat(last.byKey().get("hot") / (double) last.records())
          .isEqualTo(0.5, Offset.offset(0.06));
    }
  }

  @Test
  void itIsToldToThoseWhoHaveNoLabelsToo() throws Exception {
    try (PerKeyHarness subtask = new PerKeyHarness(500).open()) {
      for (int i = 0; i < RECORDS; i++) {
        subtask.process(PerKeyHarness.unlabelled(i % 2 == 0 ? "hot" : "k" + i, i));
      }
      subtask.beforeBarrier();
      KeyCounts last = subtask.metrics().get(subtask.metrics().size() - 1).keys();
      assertThat(last.records()).isEqualTo(RECORDS);
      assertThat(last.byKey()).containsOnlyKeys("hot");
    }
  }
}
