package io.anabranch.operators.shared;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Lets who decodes the first half of the numbers do one while another does a hundred. */
final class Turtle implements Obstacle {
  private static final Map<String, Race> RACES = new ConcurrentHashMap<>();
  private static final int TIMES = 100;

  private final String run = UUID.randomUUID().toString();
  private final long half;

  Turtle(long numbers) {
    half = numbers / 2;
    RACES.put(run, new Race());
  }

  private static final class Race {
    private long done;

    synchronized void ran(long numbers) {
      done = numbers;
      notifyAll();
    }

    synchronized void await(long numbers) throws InterruptedException {
      while (done < numbers) {
        wait();
      }
    }
  }

  @Override
  public void at(long number) {
    Race race = RACES.get(run);
    if (number >= half) {
      race.ran(number - half + 1);
      return;
    }
    try {
      race.await(Math.min(half, TIMES * (number + 1)));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody came to number " + TIMES * (number + 1), e);
    }
  }
}
