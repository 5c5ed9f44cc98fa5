package io.anabranch.local.feed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;

/** Reads event times: epoch milliseconds or ISO-8601; without an offset, UTC. */
final class TimeText {
  private TimeText() {}

  /** Epoch ms; empty for what is no time, and before 1970, which Kafka can't hold. */
  static OptionalLong millis(String text) {
    try {
      long millis = NumberText.json(text).isPresent() ? (long) Double.parseDouble(text) : iso(text);
      return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis);
    } catch (DateTimeParseException noTime) {
      return OptionalLong.empty();
    }
  }

  private static long iso(String text) {
    if (text.indexOf('T') < 0 && text.indexOf(' ') < 0) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
    String iso = text.replace(' ', 'T');
    boolean offset = iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > 7;
    Instant instant =
        offset
            ? OffsetDateTime.parse(iso).toInstant()
            : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    return instant.toEpochMilli();
  }
}
