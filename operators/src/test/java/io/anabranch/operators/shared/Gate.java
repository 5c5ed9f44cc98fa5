package io.anabranch.operators.shared;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Stops whoever comes with one number, until others have come with another one. */
final class Gate implements Obstacle {
  private static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();

  private final String run = UUID.randomUUID().toString();
  private final long closedAt;
  private final long openedBy;

  Gate(long closedAt, long openedBy) {
    this.closedAt = closedAt;
    this.openedBy = openedBy;
    GATES.put(run, new CountDownLatch(1));
  }

  @Override
  public void at(long number) {
    if (number == openedBy) {
      GATES.get(run).countDown();
    } else if (number == closedAt) {
      try {
        GATES.get(run).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody came with " + openedBy, e);
      }
    }
  }
}
