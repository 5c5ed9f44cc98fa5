package io.anabranch.operators.shared;

import io.anabranch.operators.exchange.ExchangeCoding;
import java.io.Serializable;

/**
 * How often trainers and shards talk.
 *
 * @param examples K, the number of examples between a grown model's shipments, at least 1
 * @param intervalMillis after how many milliseconds a trainer ships anyway, at least 1
 * @param publishMillis how often shards publish what changed, in milliseconds, at least 1; five
 *     times as seldom at most where that much changes ({@link
 *     io.anabranch.operators.exchange.PublicationPace})
 * @param coding what they leave out
 */
public record ExchangeSettings(
    int examples, long intervalMillis, long publishMillis, ExchangeCoding coding)
    implements Serializable {

  /** 5,000 examples, 200 ms, 20 ms. */
  public static final ExchangeSettings DEFAULT = new ExchangeSettings(5000, 200, 20);

  /** Nothing is left out. */
  public ExchangeSettings(int examples, long intervalMillis, long publishMillis) {
    this(examples, intervalMillis, publishMillis, ExchangeCoding.EXACT);
  }

  /** Checks the ranges. */
  public ExchangeSettings {
    require("exchange.examples", examples);
    require("exchange.interval", intervalMillis);
    require("exchange.publish", publishMillis);
  }

  /** These, leaving something out. */
  public ExchangeSettings leavingOut(ExchangeCoding coding) {
    return new ExchangeSettings(examples, intervalMillis, publishMillis, coding);
  }

  private static void require(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, got " + value);
    }
  }
}
