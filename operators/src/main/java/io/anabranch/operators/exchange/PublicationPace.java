package io.anabranch.operators.exchange;

/**
 * How long a holder of shards waits after a publication. Weights are small and early while little
 * changes, which is when freshness can be had for nothing. A fast stream changes the same weights
 * again and again; there, waiting longer makes one publication of several. Nobody pays for a
 * publication like the trainers, each of which takes up what all shards say, so it is their rate
 * that is bounded: about two million coordinates per second, a tenth of a core, as long as weights
 * get no older by it than five times what was asked for.
 */
public final class PublicationPace {
  private static final double COORDINATES_PER_MILLI = 2_000;
  private static final int MOST = 5;

  private final long millis;
  private final int holders;

  /**
   * A pace.
   *
   * @param millis the least time between two publications, at least 1
   * @param holders how many subtasks hold shards and publish at this pace
   */
  public PublicationPace(long millis, int holders) {
    this.millis = millis;
    this.holders = holders;
  }

  /**
   * How many milliseconds to wait until the next publication.
   *
   * @param published how many coordinates this one told of
   */
  public long pauseMillis(int published) {
    double pause = (double) published * holders / COORDINATES_PER_MILLI;
    return Math.max(millis, (long) Math.min(pause, (double) millis * MOST));
  }
}
