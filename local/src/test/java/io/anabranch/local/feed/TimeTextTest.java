package io.anabranch.local.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

  @ParameterizedTest
  @CsvSource({
    "1700000000123,1700000000123",
    "1.7e12,1700000000000",
    "2023-11-14T22:13:20Z,1700000000000",
    "2023-11-14T23:13:20.5+01:00,1700000000500",
    "2023-11-14T22:13:20,1700000000000",
    "2023-11-14 22:13:20,1700000000000",
    "2023-11-14,1699920000000"
  })
  void epochMillisecondsAndIsoDatesAreRead(String text, long millis) {
    assertThat(TimeText.millis(text)).hasValue(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1969-12-31T23:59:59Z", "14.11.2023", "2023-13-01"})
  void whatIsNoTimeOrLiesBefore1970IsAbsent(String text) {
    assertThat(TimeText.millis(text)).isEmpty();
  }
}
