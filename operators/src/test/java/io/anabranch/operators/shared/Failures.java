package io.anabranch.operators.shared;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Failures that happen once each, however often the job is restarted in this JVM. */
final class Failures implements Obstacle {
  private static final Map<String, Set<Long>> LEFT = new ConcurrentHashMap<>();

  private final String run = UUID.randomUUID().toString();

  Failures(Long... numbers) {
    Set<Long> left = ConcurrentHashMap.newKeySet();
    left.addAll(Set.of(numbers));
    LEFT.put(run, left);
  }

  @Override
  public void at(long number) {
    if (LEFT.get(run).remove(number)) {
      throw new IllegalStateException("injected failure at " + number);
    }
  }

  boolean allHappened() {
    return LEFT.get(run).isEmpty();
  }
}
