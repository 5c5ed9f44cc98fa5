package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FirstTurnTest {
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  void theFirstTrainerBeginsAtOnce() {
    assertThat(new FirstTurn(0).hasCome(0, 7)).isTrue();
  }

  @Test
  void eachTrainerFollowsThirtyTwoExamplesAfterTheOneBefore() {
    FirstTurn fifth = new FirstTurn(4);
    assertThat(fifth.hasCome(0, 0)).isFalse();
    assertThat(fifth.hasCome(127, 0)).isFalse();
    assertThat(fifth.hasCome(128, 0)).isTrue();
  }

  @Test
  void aModelThatHasSeenEnoughKeepsNobodyWaiting() {
    assertThat(new FirstTurn(1_000).hasCome(32_000, 7)).isTrue();
  }

  @Test
  void nobodyWaitsForTrainersThatHaveNothingToLearnFrom() {
    FirstTurn second = new FirstTurn(1);
    assertThat(second.hasCome(0, 5 * MILLISECOND)).isFalse();
    assertThat(second.hasCome(0, 204 * MILLISECOND)).isFalse();
    assertThat(second.hasCome(1, 205 * MILLISECOND - 1)).isFalse(); // the model moved
    assertThat(second.hasCome(1, 404 * MILLISECOND)).isFalse();
    assertThat(second.hasCome(1, 405 * MILLISECOND - 1)).isTrue();
  }

  @Test
  void nobodyWaitsLongerThanTwoSecondsForAModelThatMovesSlowly() {
    FirstTurn last = new FirstTurn(63);
    for (long millis = 0; millis < 2_000; millis += 100) {
      assertThat(last.hasCome(millis / 100, millis * MILLISECOND)).isFalse();
    }
    assertThat(last.hasCome(20, 2_000 * MILLISECOND)).isTrue();
  }
}
