package io.anabranch.cluster.kafka;

import io.anabranch.cluster.feed.FeedPlan;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Watches predictions as they are written, committed or not, in a thread of its own: when was
 * something predicted last that had not been predicted before?
 */
public final class LivePredictions implements AutoCloseable {
  private final String bootstrap;
  private final String topic;
  private final Map<Stream, Progress> progress = new HashMap<>();
  private final Thread thread;
  private long firstOfAll = Long.MAX_VALUE;
  private volatile boolean closing;
  private volatile boolean started;

  /** The predictions of one learner for one partition. */
  private record Stream(String learner, int partition) {}

  private static final class Progress {
    long last = -1;
    long firstSinceMark = Long.MAX_VALUE;
  }

  /** Starts to watch. */
  public LivePredictions(String bootstrap, String topic) {
    this.bootstrap = bootstrap;
    this.topic = topic;
    thread = new Thread(this::watch, "live predictions");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try (Topic predictions = new Topic(bootstrap, topic, false)) {
      started = true;
      while (!closing) {
        predictions.poll(this::arrived);
      }
    }
  }

  private synchronized void arrived(ConsumerRecord<byte[], byte[]> record) {
    long now = System.nanoTime();
    firstOfAll = Math.min(firstOfAll, now);
    PredictionView prediction = PredictionView.of(record.value());
    FeedPlan.Place place = FeedPlan.Place.of(prediction.id());
    Progress stream =
        progress.computeIfAbsent(
            new Stream(prediction.learner(), place.partition()), each -> new Progress());
    if (place.number() > stream.last) {
      stream.last = place.number();
      stream.firstSinceMark = Math.min(stream.firstSinceMark, now);
    }
  }

  /** Forgets when predictions came. */
  public synchronized void mark() {
    firstOfAll = Long.MAX_VALUE;
    progress.values().forEach(stream -> stream.firstSinceMark = Long.MAX_VALUE);
  }

  /** Whether anything was predicted since the mark, even if it had been predicted before. */
  public synchronized boolean any() {
    return firstOfAll != Long.MAX_VALUE;
  }

  /**
   * When the first new prediction since the mark came, by {@link System#nanoTime}; or the maximum.
   */
  public synchronized long first() {
    return progress.values().stream()
        .mapToLong(stream -> stream.firstSinceMark)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * When every learner had predicted something new of every partition since the mark; the maximum
   * as long as one has not.
   *
   * @param streams how many learners times partitions there are
   */
  public synchronized long all(int streams) {
    return progress.size() < streams
        ? Long.MAX_VALUE
        : progress.values().stream()
            .mapToLong(stream -> stream.firstSinceMark)
            .max()
            .orElse(Long.MAX_VALUE);
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    if (started) {
      thread.join();
    }
  }
}
