package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeparturesTest {

  @Test
  void theLastThatLeftAreKnownAndThoseBeforeAreNot() {
    Departures departures = new Departures();
    for (int key = 0; key < 10_000; key++) {
      departures.add("user-" + key, 1_000);
    }
    assertThat(known(departures, 9_000, 10_000)).isGreaterThan(850);
    assertThat(known(departures, 0, 9_000)).isZero();
    assertThat(known(departures, 10_000, 20_000)).isZero();
  }

  @Test
  void whatIsKnownStaysSoWhenMoreAreRememberedFromNowOn() {
    Departures departures = new Departures();
    for (int key = 0; key < 10; key++) {
      departures.add("user-" + key, 10);
    }
    for (int key = 10; key < 1_000; key++) {
      departures.add("user-" + key, 1_000);
    }
    assertThat(IntStream.range(0, 10).filter(key -> departures.contains("user-" + key, 1_000)))
        .hasSizeGreaterThan(4);
  }

  @Test
  void beforeAnyLeftNoneIsKnown() {
    assertThat(known(new Departures(), -1_000, 1_000)).isZero();
  }

  private static long known(Departures departures, int from, int to) {
    return IntStream.range(from, to)
        .filter(key -> departures.contains("user-" + key, 1_000))
        .count();
  }
}
