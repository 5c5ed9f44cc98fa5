package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublicationPaceTest {

  @Test
  void smallPublicationsComeAsOftenAsAskedFor() {
    PublicationPace pace = new PublicationPace(20, 2);
    assertThat(pace.pauseMillis(0)).isEqualTo(20);
    assertThat(pace.pauseMillis(20_000)).isEqualTo(20);
  }

  @Test
  void trainersTakeUpTwoMillionCoordinatesPerSecondOfAllHolders() {
    assertThat(new PublicationPace(20, 1).pauseMillis(60_000)).isEqualTo(30);
    assertThat(new PublicationPace(20, 2).pauseMillis(60_000)).isEqualTo(60);
  }

  @Test
  void weightsGetNoOlderThanFiveTimesWhatWasAskedFor() {
    assertThat(new PublicationPace(20, 64).pauseMillis(Integer.MAX_VALUE)).isEqualTo(100);
    assertThat(new PublicationPace(1, 1).pauseMillis(1_000_000)).isEqualTo(5);
    assertThat(new PublicationPace(Long.MAX_VALUE, 1).pauseMillis(1_000_000))
        .isEqualTo(Long.MAX_VALUE);
  }
}
