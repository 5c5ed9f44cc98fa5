package io.anabranch.cluster.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits on conditions. */
public final class Wait {
  private static final long POLL_MILLIS = 20;

  private Wait() {}

  /** Lets time pass: for what is to last, never for what is to happen. */
  public static void pass(Duration duration) throws InterruptedException {
    Thread.sleep(duration.toMillis());
  }

  /** Whether a condition held within a time. */
  public static boolean within(Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  /**
   * Waits until a condition holds.
   *
   * @param what is waited for; and what to say when it does not come
   * @throws IllegalStateException when it never does
   */
  public static void until(Duration patience, Supplier<String> what, BooleanSupplier condition)
      throws InterruptedException {
    if (!within(patience, condition)) {
      throw new IllegalStateException(
          "waited " + patience.toSeconds() + " s in vain for " + what.get());
    }
  }
}
