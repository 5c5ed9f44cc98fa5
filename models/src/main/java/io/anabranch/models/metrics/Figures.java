package io.anabranch.models.metrics;

import java.util.SortedMap;

/** What makes a figure defined: that it is a finite number. */
final class Figures {
  private Figures() {}

  /** Adds a figure, unless it is NaN or infinite. */
  static void put(String name, double value, SortedMap<String, Double> into) {
    if (Double.isFinite(value)) {
      into.put(name, value);
    }
  }
}
