package io.anabranch.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.cluster.feed.FedCounts;
import io.anabranch.cluster.feed.FeedPlan.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionLedgerTest {
  private static final String WHAT = "one committed prediction per record: lr";
  private final PredictionLedger ledger = new PredictionLedger(List.of("lr"));

  @Test
  void onePredictionPerRecordHolds() {
    enter("p0-0", "p0-1", "p1-0");
    assertThat(ledger.full(FedCounts.of(2, 1))).isTrue();
    assertThat(ledger.findings(FedCounts.of(2, 1)))
        .containsExactly(new Finding(WHAT, true, "3 predictions"));
  }

  @Test
  void aMissingOneFails() {
    enter("p0-1", "p1-0");
    assertThat(ledger.full(FedCounts.of(2, 1))).isFalse();
    assertThat(ledger.findings(FedCounts.of(2, 1)))
        .containsExactly(
            new Finding(
                WHAT,
                false,
                "2 predictions; 1 missing [p0-0], 0 repeated [], 0 of records never fed"));
  }

  @Test
  void aRepeatedOneFailsEvenIfTheNumberIsRight() {
    enter("p0-0", "p0-0");
    assertThat(ledger.findings(FedCounts.of(2)))
        .containsExactly(
            new Finding(
                WHAT,
                false,
                "2 predictions; 1 missing [p0-1], 1 repeated [p0-0], 0 of records never fed"));
  }

  @Test
  void oneOfARecordThatWasNeverFedFails() {
    enter("p0-0", "p0-7", "p3-0");
    assertThat(ledger.findings(FedCounts.of(1)))
        .containsExactly(
            new Finding(
                WHAT, false, "3 predictions; 0 missing [], 0 repeated [], 2 of records never fed"));
  }

  @Test
  void aLearnerThatPredictedNothingFails() {
    assertThat(ledger.findings(FedCounts.of(1))).extracting(Finding::holds).containsExactly(false);
  }

  private void enter(String... ids) {
    for (String id : ids) {
      ledger.enter("lr", Place.of(id));
    }
  }
}
