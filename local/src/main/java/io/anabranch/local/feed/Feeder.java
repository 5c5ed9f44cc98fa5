package io.anabranch.local.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Produces several files at once, each on its own thread. Records are sent in order, once each. */
public final class Feeder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);

  /** Largest record that the client lets pass, bytes; what topics take is theirs to say. */
  private static final int MAX_REQUEST_BYTES = 32 << 20;

  private final List<FeedTask> tasks = new ArrayList<>();
  private final List<Future<Void>> results = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(Feeder::thread);

  /**
   * Prepares the feeds.
   *
   * @param client bootstrap servers and whatever else every client needs
   * @param perSecond records per second of each feed, above 0; infinity = as fast as possible
   */
  public Feeder(List<Feed> feeds, Map<String, ?> client, double perSecond) throws FeedException {
    for (Feed feed : feeds) {
      tasks.add(new FeedTask(feed, producerSettings(client), Pacer.of(perSecond)));
    }
  }

  private static Map<String, Object> producerSettings(Map<String, ?> client) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("linger.ms", 5);
    settings.put("batch.size", 128 << 10);
    settings.put("max.request.size", MAX_REQUEST_BYTES);
    settings.put("buffer.memory", MAX_REQUEST_BYTES + (8L << 20));
    // A broker that goes away for some minutes is waited for; nothing is lost or repeated.
    settings.put("delivery.timeout.ms", 15 * 60_000);
    settings.put("max.block.ms", 15 * 60_000);
    settings.putAll(client);
    return settings;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "feeder");
    thread.setDaemon(true);
    return thread;
  }

  /** Starts all feeds together. */
  public void start() {
    for (FeedTask task : tasks) {
      results.add(threads.submit(task));
    }
    threads.shutdown();
  }

  /** How far each feed is. */
  public List<FeedProgress> progress() {
    return tasks.stream().map(FeedTask::progress).toList();
  }

  /** Whether every record of every feed is acknowledged. */
  public boolean finished() {
    return tasks.stream().allMatch(task -> task.progress().finished());
  }

  /** The first feed's failure, if one has failed. */
  public Optional<FeedException> failure() {
    return results.stream().filter(Future::isDone).flatMap(r -> failureOf(r).stream()).findFirst();
  }

  private static Optional<FeedException> failureOf(Future<Void> result) {
    try {
      result.get();
      return Optional.empty();
    } catch (CancellationException stopped) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(
          e.getCause() instanceof FeedException failed
              ? failed
              : new FeedException("feeding failed: " + e.getCause(), e));
    }
  }

  /** Stops what is not finished; records not yet acknowledged may be in the topic or not. */
  @Override
  public void close() {
    results.forEach(result -> result.cancel(true));
    threads.shutdown();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("a feeder did not stop within 5 s; its thread is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
