package io.anabranch.job.decode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * Reads event times: epoch milliseconds or ISO-8601, without an offset UTC. From 1970 (Kafka knows
 * no earlier timestamps) to 9999 (later ones are microseconds by mistake).
 */
public final class EventTime {
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private EventTime() {}

  /** Epoch ms, the fraction cut off; empty when out of range. */
  public static OptionalLong ofNumber(double millis) {
    return millis >= 0 && millis <= LATEST ? OptionalLong.of((long) millis) : OptionalLong.empty();
  }

  /** Epoch ms of an ISO-8601 date or date and time; empty when it is none or out of range. */
  public static OptionalLong ofText(String text) {
    try {
      long millis = parse(text);
      return millis >= 0 && millis <= LATEST ? OptionalLong.of(millis) : OptionalLong.empty();
    } catch (DateTimeException | ArithmeticException noTime) {
      return OptionalLong.empty();
    }
  }

  private static long parse(String text) {
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
