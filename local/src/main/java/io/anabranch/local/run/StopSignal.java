package io.anabranch.local.run;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a run to stop, from another thread. */
public final class StopSignal {
  private final CountDownLatch stopped = new CountDownLatch(1);

  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

  /** While it is open, a signal interrupts the thread; closing it forgets the interrupt. */
  final class Interruptible implements AutoCloseable {
    private final Thread thread;

    private Interruptible(Thread thread) {
      this.thread = thread;
      waiting.add(thread);
      if (isStopped()) {
        thread.interrupt();
      }
    }

    @Override
    public void close() {
      waiting.remove(thread);
      var unused = Thread.interrupted();
    }
  }

  /** Lets the signal end a wait that doesn't look at it. */
  Interruptible interrupts(Thread thread) {
    return new Interruptible(thread);
  }

  /** Asks the run to stop. */
  public void stop() {
    stopped.countDown();
    waiting.forEach(Thread::interrupt);
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
