package io.anabranch.local.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a run to stop, from another thread. */
public final class StopSignal {
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Asks the run to stop. */
  public void stop() {
    stopped.countDown();
  }

  /** Whether it was asked to. */
  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Waits so long, or until the run is asked to stop; true when it was. */
  boolean await(Duration pause) throws InterruptedException {
    return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }
}
