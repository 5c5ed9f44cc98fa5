package io.anabranch.operators.shared;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/** Does something on the task's thread again and again, with a pause in between, until stopped. */
public final class RepeatedTimer {
  private final ProcessingTimeService service;
  private final long millis;
  private final Runnable action;
  private ScheduledFuture<?> next;
  private boolean stopped;

  /** Starts; the first time is after {@code millis}. */
  public RepeatedTimer(ProcessingTimeService service, long millis, Runnable action) {
    this.service = service;
    this.millis = millis;
    this.action = action;
    next = register(service.getCurrentProcessingTime());
  }

  private ScheduledFuture<?> register(long now) {
    return service.registerTimer(now + millis, this::fire);
  }

  private void fire(long time) {
    if (!stopped) {
      action.run();
      next = register(service.getCurrentProcessingTime());
    }
  }

  /** Stops; on the task's thread. */
  public void stop() {
    stopped = true;
    next.cancel(false);
  }
}
