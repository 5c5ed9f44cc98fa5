package io.anabranch.operators.exchange;

import java.util.concurrent.TimeUnit;

/**
 * When a trainer begins to learn: once the model has seen 32 examples for each trainer before it.
 *
 * <p>First steps are the largest and start from nothing. When all trainers take theirs at the same
 * time, none knows of the others', and what adds up is far off: many examples are needed to make
 * good for it. So trainers join a new model one by one, as a learning rate is warmed up.
 *
 * <p>Those before may have nothing to learn from. So nobody waits on when the model has not moved
 * for 200 ms, nor for more than 2 s in all, and a model that has seen enough keeps nobody waiting.
 */
public final class FirstTurn {
  /** With 24 and 48, sixteen trainers of a softmax regression lose more; regressions need 8. */
  private static final long EXAMPLES = 32;

  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final long needed;
  private boolean waits;
  private long began;
  private long moved;
  private long seen;

  /** The turn of a trainer, by its index. */
  public FirstTurn(int trainer) {
    needed = EXAMPLES * trainer;
  }

  /**
   * Whether the trainer may learn. The first question begins the wait; after a yes none is needed.
   *
   * @param examples how many examples the model has seen
   * @param nanos the time, in nanoseconds of anything
   */
  public boolean hasCome(long examples, long nanos) {
    if (!waits) {
      waits = true;
      began = nanos;
      moved = nanos;
      seen = examples;
    } else if (examples != seen) {
      moved = nanos;
      seen = examples;
    }
    return examples >= needed || nanos - moved >= PATIENCE_NANOS || nanos - began >= MOST_NANOS;
  }
}
