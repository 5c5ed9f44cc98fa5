package io.anabranch.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.local.output.Summary;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTextTest {

  @Test
  void countsAndFiguresAreATable() {
    assertThat(SummaryText.lines(summary(700, Map.of("examples", 300.0, "accuracy", 0.75)), "late"))
        .containsExactly(
            "flights: 1,000 records, 2 dead letters, 700 unlabelled; 4.0 s, 250 records/s",
            "  learner                   examples   accuracy",
            "  lr                             300     0.7500");
  }

  @Test
  void aTargetThatNoRecordHadIsNamed() {
    assertThat(SummaryText.lines(summary(1_000, Map.of("examples", 0.0)), "Delaid"))
        .endsWith("  No record has the target's field 'Delaid': nothing was learned.");
  }

  private static Summary summary(long unlabelled, Map<String, Double> figures) {
    return new Summary("flights", 1_000, 2, unlabelled, 0, 4.0, 250, Map.of("lr", figures));
  }
}
