package io.anabranch.operators.shared;

import java.util.concurrent.ScheduledFuture;
import java.util.function.LongSupplier;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/** Does something on the task's thread again and again, with a pause in between, until stopped. */
public final class RepeatedTimer {
  private final ProcessingTimeService service;
  private final LongSupplier action;
  private ScheduledFuture<?> next;
  private boolean stopped;

  /** Starts; the first time is after {@code millis}. */
  public RepeatedTimer(ProcessingTimeService service, long millis, Runnable action) {
    this(
        service,
        millis,
        () -> {
          action.run();
          return millis;
        });
  }

  /**
   * Starts, with pauses that differ.
   *
   * @param first milliseconds to the first time
   * @param action tells how many milliseconds to wait for the next time
   */
  public RepeatedTimer(ProcessingTimeService service, long first, LongSupplier action) {
    this.service = service;
    this.action = action;
    next = register(first);
  }

  private ScheduledFuture<?> register(long pause) {
    return service.registerTimer(service.getCurrentProcessingTime() + pause, this::fire);
  }

  private void fire(long time) {
    if (!stopped) {
      next = register(action.getAsLong());
    }
  }

  /** Stops; on the task's thread. */
  public void stop() {
    stopped = true;
    next.cancel(false);
  }
}
