package io.anabranch.k8s;

import java.util.ArrayList;
import java.util.List;

/** What rules found wrong. */
final class Findings {
  private final List<Finding> found = new ArrayList<>();

  /**
   * Something that is wrong.
   *
   * @param rule who says so
   * @param message where it is, and what rule it breaks with which value
   */
  record Finding(Class<? extends Rule> rule, String message) {}

  void add(Rule rule, Manifest manifest, String message) {
    found.add(new Finding(rule.getClass(), manifest + ": " + message));
  }

  List<Finding> all() {
    return List.copyOf(found);
  }
}
