package io.anabranch.local.view;

import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time without any answer of Kafka.
 *
 * @param bootstrap the servers that the pipeline names
 * @param since when the first question was asked that had no answer
 * @param lasted how long that is ago
 */
public record Outage(String bootstrap, LocalTime since, Duration lasted) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** As long as it lasts. */
  public String text() {
    return "Kafka at "
        + bootstrap
        + " has not answered since "
        + TIME.format(since)
        + " ("
        + Figures.duration(lasted)
        + ")";
  }

  /** Once it is over. */
  public String over() {
    return "Kafka at " + bootstrap + " answers again, after " + Figures.duration(lasted);
  }
}
