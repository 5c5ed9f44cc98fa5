package io.anabranch.models.exchange;

import java.io.Serializable;

/**
 * How precisely truth and deltas travel.
 *
 * @param truth of what shards publish
 * @param delta of what trainers ship
 */
public record Precision(FloatBytes truth, FloatBytes delta) implements Serializable {
  /** Everything travels. */
  public static final Precision FULL = new Precision(FloatBytes.ALL, FloatBytes.ALL);
}
