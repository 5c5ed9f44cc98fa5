package io.anabranch.cluster.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.cluster.feed.FedCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTotalsTest {
  private final MetricsTotals totals = new MetricsTotals();

  @Test
  void theLastCumulativeReportCounts() {
    enter("\"cumulative\"", 2, 0);
    enter("\"cumulative\"", 3, 0);
    enter("1000", 1, 0);
    assertThat(finding())
        .isEqualTo(new Finding("metrics agree: lr", true, "examples, scored and records"));
  }

  @Test
  void anotherCountFails() {
    enter("\"cumulative\"", 4, 0);
    assertThat(finding().detail())
        .isEqualTo("must be 3 and no dead letters, got {examples=4, records=4, scored=4}");
  }

  @Test
  void aDeadLetterFails() {
    enter("\"cumulative\"", 3, 1);
    assertThat(finding().detail()).isEqualTo("must be 3 and no dead letters, got {deadLetters=1}");
  }

  @Test
  void noReportFails() {
    assertThat(finding().holds()).isFalse();
  }

  private Finding finding() {
    return totals.findings(List.of("lr"), FedCounts.of(2, 1)).get(0);
  }

  private void enter(String window, int examples, int deadLetters) {
    totals.enter(
        """
        {"v":1,"type":"metrics","learner":"lr","window":%s,"time":1,"examples":%d,"scored":%d,
         "records":%d,"deadLetters":%d,"unlabelled":0}
        """
            .formatted(window, examples, examples, examples, deadLetters)
            .getBytes(UTF_8));
  }
}
