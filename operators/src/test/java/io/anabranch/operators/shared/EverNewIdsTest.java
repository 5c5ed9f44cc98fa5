package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.shared.EverNewIds.Size;
import org.junit.jupiter.api.Test;

/** What a stream of ids that never come again leaves in the model, in state and on the topic. */
class EverNewIdsTest {
  private static final int IDS = 100_000;
  private static final CoordinateLimits THRICE_IN_FOUR_SECONDS = new CoordinateLimits(3, 4_000);

  @Test
  void nextToNothingWhereTheyMustOccurThriceAndExpire() throws Exception {
    try (EverNewIds job = new EverNewIds(THRICE_IN_FOUR_SECONDS)) {
      for (int hundredThousand = 0; hundredThousand < 3; hundredThousand++) {
        assertThatRegularIdsAreThereAndLittleElse(job.learn(IDS));
      }
    }
  }

  @Test
  void norDoTheyAfterARestore() throws Exception {
    try (EverNewIds job = new EverNewIds(THRICE_IN_FOUR_SECONDS)) {
      job.learn(IDS);
      job.restore();
      assertThatRegularIdsAreThereAndLittleElse(job.learn(IDS));
    }
  }

  private static void assertThatRegularIdsAreThereAndLittleElse(Size size) {
    assertThat(size.coordinates())
        .isBetween((long) EverNewIds.REGULAR, EverNewIds.REGULAR + IDS / 1_000L);
    assertThat(size.stateBytes()).isLessThan(400_000);
    assertThat(size.topicBytes()).as("of one checkpoint").isLessThan(30_000);
  }

  @Test
  void allOfThemWhereNothingIsSaid() throws Exception {
    try (EverNewIds job = new EverNewIds(CoordinateLimits.NONE)) {
      Size before = job.learn(IDS);
      Size after = job.learn(IDS);
      assertThat(before.coordinates()).isGreaterThan(IDS * 8L / 10);
      assertThat(after.coordinates()).isGreaterThan(before.coordinates() * 16 / 10);
      assertThat(after.stateBytes()).isGreaterThan(1_300_000);
      assertThat(after.topicBytes()).as("of one checkpoint").isGreaterThan(1_000_000);
    }
  }
}
