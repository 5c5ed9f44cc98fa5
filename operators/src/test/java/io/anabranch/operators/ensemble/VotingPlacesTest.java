package io.anabranch.operators.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.flink.ShardKeys;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VotingPlacesTest {

  @Test
  void noTwoSubtasksGiveOutOneNumberNorDoesOneTwiceAfterARestore() {
    Set<Long> numbers = new HashSet<>();
    for (int subtask = 0; subtask < ShardKeys.KEY_GROUPS; subtask++) {
      for (long restored : new long[] {0, 1, 2, 65_535}) {
        for (long count = 0; count < 100; count++) {
          long number = VotingPlaces.number(restored, count, subtask);
          assertThat(number).isNotNegative();
          assertThat(numbers.add(number)).isTrue();
        }
        assertThat(numbers.add(VotingPlaces.number(restored, (1L << 40) - 1, subtask))).isTrue();
      }
    }
  }

  @Test
  void sixtyFourInARowMeetAtOnePlaceAndAllPlacesTakeTurns() {
    int[] places =
        IntStream.range(0, 128 * 64)
            .map(i -> VotingPlaces.of(VotingPlaces.number(9, i, 3)))
            .toArray();
    for (int i = 0; i < places.length; i++) {
      assertThat(places[i]).isEqualTo(places[i / 64 * 64]);
    }
    assertThat(IntStream.of(places).distinct().count()).isEqualTo(128);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 16})
  void everySubtaskCountsItsShareOfAnyThousandRuns(int parallelism) {
    int[] counted = new int[parallelism];
    for (int run = 0; run < 1_000; run++) {
      int place = VotingPlaces.of(VotingPlaces.number(3, 64L * (run + 17), 0));
      counted[ShardKeys.subtaskOf(place, parallelism)]++;
    }
    assertThat(IntStream.of(counted).max().orElseThrow())
        .isLessThan(1_000 / parallelism * 5 / 4 + 8);
  }
}
