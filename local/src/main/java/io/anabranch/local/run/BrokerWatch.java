package io.anabranch.local.run;

import io.anabranch.local.view.Outage;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka every other second whether it is there, on a thread of its own. The job's clients wait
 * for a broker that is away for a minute or more before they say anything.
 */
final class BrokerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
  private static final long PAUSE_MILLIS = 2_000;

  /** Longer than a broker takes that is merely busy. */
  private static final int PATIENCE_MILLIS = 5_000;

  private final Admin admin;
  private final String bootstrap;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(BrokerWatch::thread);
  // Written by the thread, read by the view's.
  private volatile Optional<Silence> silence = Optional.empty();

  private record Silence(LocalTime since, long nanos) {
    static Silence now() {
      return new Silence(LocalTime.now(ZoneId.systemDefault()), System.nanoTime());
    }
  }

  private BrokerWatch(Admin admin, String bootstrap) {
    this.admin = admin;
    this.bootstrap = bootstrap;
  }

  /**
   * Starts asking.
   *
   * @param admin used, and not closed
   */
  static BrokerWatch start(Admin admin, String bootstrap) {
    BrokerWatch watch = new BrokerWatch(admin, bootstrap);
    var unused =
        watch.thread.scheduleWithFixedDelay(watch::ask, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "broker-watch");
    thread.setDaemon(true);
    return thread;
  }

  private void ask() {
    Silence asked = Silence.now();
    try {
      if (answers()) {
        if (silence.isPresent()) {
          LOG.info("Kafka at {} answers again", bootstrap);
        }
        silence = Optional.empty();
      } else if (silence.isEmpty()) {
        LOG.warn("Kafka at {} does not answer", bootstrap);
        silence = Optional.of(asked);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS);
      var unused = admin.describeCluster(options).nodes().get();
      return true;
    } catch (ExecutionException e) {
      // Who refuses has answered: what is wrong then, the job's own clients say.
      return !(e.getCause() instanceof RetriableException);
    }
  }

  /** Empty as long as Kafka answers. */
  Optional<Outage> outage() {
    return silence.map(
        s -> new Outage(bootstrap, s.since(), Duration.ofNanos(System.nanoTime() - s.nanos())));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
