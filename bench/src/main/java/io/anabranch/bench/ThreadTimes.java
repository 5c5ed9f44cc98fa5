package io.anabranch.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The CPU time of threads of this process by name, looked at fifty times a second: of a thread that
 * has ended, what it had when last seen. Says what a job would be limited by on a machine with
 * cores enough, also where there are too few.
 */
final class ThreadTimes implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final String prefix;
  // Used by the watcher alone, who would otherwise take part of the time that is measured.
  private final Map<Long, String> nameById = new HashMap<>();
  private final Map<String, Long> nanosByName = new ConcurrentHashMap<>();
  private final Thread watcher = new Thread(this::watch, "thread-times");
  private volatile boolean closed;

  /** Begins to look at the threads whose name begins so. */
  ThreadTimes(String prefix) {
    this.prefix = prefix;
    watcher.setDaemon(true);
    watcher.start();
  }

  private void watch() {
    while (!closed) {
      for (long id : threads.getAllThreadIds()) {
        String name = nameById.computeIfAbsent(id, this::name);
        if (name.startsWith(prefix)) {
          nanosByName.merge(name, threads.getThreadCpuTime(id), Math::max);
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private String name(long id) {
    ThreadInfo thread = threads.getThreadInfo(id);
    return thread == null ? "" : thread.getThreadName(); // it may just have ended
  }

  /** The CPU time of the busiest of them, of those whose name begins so. */
  long busiestNanos(String prefix) {
    return nanosByName.entrySet().stream()
        .filter(thread -> thread.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    closed = true;
  }
}
