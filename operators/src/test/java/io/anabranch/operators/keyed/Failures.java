package io.anabranch.operators.keyed;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Failures that happen once each, however often the job is restarted in this JVM. */
public final class Failures implements Serializable {
  private static final Map<String, Set<Long>> LEFT = new ConcurrentHashMap<>();

  private final String run = UUID.randomUUID().toString();

  /** Failures at these numbers. */
  public Failures(Long... numbers) {
    Set<Long> left = ConcurrentHashMap.newKeySet();
    left.addAll(Set.of(numbers));
    LEFT.put(run, left);
  }

  /** Fails if it is to. */
  public void at(long number) {
    if (LEFT.get(run).remove(number)) {
      throw new IllegalStateException("injected failure at " + number);
    }
  }

  /** Whether no failure is left. */
  public boolean allHappened() {
    return LEFT.get(run).isEmpty();
  }
}
