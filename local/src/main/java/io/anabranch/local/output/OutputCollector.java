package io.anabranch.local.output;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Copies every record that is committed to the output topics from now on to files, on a thread of
 * its own; what was committed before is left out.
 */
public final class OutputCollector implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final OutputFiles files;
  private final Collection<String> topics;
  private final CountDownLatch finishing = new CountDownLatch(1);
  private final CountDownLatch abandoned = new CountDownLatch(1);
  private final ExecutorService thread = Executors.newSingleThreadExecutor(OutputCollector::thread);
  private final Future<?> copying;

  /**
   * Starts copying.
   *
   * @param client bootstrap servers and whatever else every client needs
   * @param topics the topics, which exist
   * @param deadLetters the one of them whose records are written with key and headers
   */
  public OutputCollector(
      Path directory, Map<String, ?> client, Collection<String> topics, String deadLetters)
      throws IOException {
    this.topics = topics;
    files = new OutputFiles(directory, topics, deadLetters);
    consumer = Consumers.readCommitted(client);
    Map<TopicPartition, Long> starts = TopicEnds.of(consumer, topics);
    consumer.assign(starts.keySet());
    starts.forEach(consumer::seek);
    copying = thread.submit(this::copy);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "output-files");
    thread.setDaemon(true);
    return thread;
  }

  private @Nullable Void copy() throws IOException {
    try (consumer;
        files) {
      while (finishing.getCount() > 0) {
        copyOnce();
        files.flush();
      }
      Map<TopicPartition, Long> ends = new HashMap<>(TopicEnds.of(consumer, topics));
      while (abandoned.getCount() > 0 && !reached(ends)) {
        copyOnce();
      }
      return null;
    }
  }

  private void copyOnce() throws IOException {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      files.write(record);
    }
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(
            end ->
                !consumer.assignment().contains(end.getKey())
                    || consumer.position(end.getKey()) >= end.getValue());
  }

  /**
   * Copies all that is committed by now, and closes the files.
   *
   * @throws IOException when a file can't be written, or the topics not be read within the time
   */
  public void finish(Duration patience) throws IOException, InterruptedException {
    finishing.countDown();
    try {
      copying.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the output files are incomplete: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(
          "the output files are incomplete: the topics could not be read to their end within "
              + patience.toSeconds()
              + " s",
          e);
    }
  }

  /** Stops at once; the files hold what was copied so far. */
  @Override
  public void close() {
    finishing.countDown();
    abandoned.countDown();
    thread.shutdown();
  }
}
