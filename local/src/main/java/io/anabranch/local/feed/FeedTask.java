package io.anabranch.local.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anabranch.job.topology.RawRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Produces one file, in order, and returns when all of it is acknowledged. */
final class FeedTask implements Callable<Void> {
  private final Feed feed;
  private final Map<String, Object> producerSettings;
  private final Pacer pacer;
  private final AtomicReference<@Nullable FeedException> failure = new AtomicReference<>();
  private final CountingStream position;
  private final AtomicLong records = new AtomicLong();
  private volatile boolean finished;

  FeedTask(Feed feed, Map<String, Object> producerSettings, Pacer pacer) throws FeedException {
    this.feed = feed;
    this.producerSettings = producerSettings;
    this.pacer = pacer;
    try {
      position = feed.openFile();
    } catch (IOException e) {
      throw new FeedException(feed.file() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  FeedProgress progress() {
    return new FeedProgress(
        feed.topic(), feed.file(), records.get(), position.bytes(), feed.bytes(), finished);
  }

  @Override
  public @Nullable Void call() throws FeedException {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(producerSettings, new ByteArraySerializer(), new ByteArraySerializer());
    try (RecordReader reader = feed.open(position)) {
      produce(reader, producer);
      producer.flush();
      check();
      finished = true;
      return null;
    } catch (IOException e) {
      throw feed.unreadable(e, records.get());
    } finally {
      // A stopped feed closes its producer all the same, which an interrupt would disturb.
      boolean interrupted = Thread.interrupted();
      // When stopped, what is not sent yet is not waited for: the next run is fed anew.
      producer.close(finished ? Duration.ofSeconds(30) : Duration.ZERO);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void produce(RecordReader reader, Producer<byte[], byte[]> producer)
      throws IOException, FeedException {
    Optional<FedRecord> next = reader.next();
    while (next.isPresent()) {
      pacer.await();
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptException("feeding " + feed.file() + " was stopped");
      }
      send(next.get(), producer);
      records.incrementAndGet();
      check();
      next = reader.next();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback gets the same failure
  private void send(FedRecord record, Producer<byte[], byte[]> producer) {
    byte @Nullable [] key = record.key().map(k -> k.getBytes(UTF_8)).orElse(null);
    @Nullable Long time = record.time().isPresent() ? (Long) record.time().getAsLong() : null;
    long line = record.line();
    int length = record.value().length;
    ProducerRecord<byte[], byte[]> fed =
        new ProducerRecord<>(feed.topic(), null, time, key, record.value());
    record
        .defect()
        .map(defect -> place(line) + defect)
        .ifPresent(text -> fed.headers().add(RawRecord.DEFECT, text.getBytes(UTF_8)));
    producer.send(
        fed,
        (metadata, error) -> {
          if (error != null) {
            failure.compareAndSet(null, failed(line, length, error));
          }
        });
  }

  private FeedException failed(long line, int length, Exception error) {
    if (error instanceof RecordTooLargeException) {
      return new FeedException(
          place(line)
              + "a record of "
              + length
              + " bytes is more than topic "
              + feed.topic()
              + " takes",
          error);
    }
    String refused = place(line) + "topic " + feed.topic() + " did not take the record";
    if (error instanceof TimeoutException) {
      return FeedException.ofKafka(
          refused
              + " in time; Kafka is at "
              + producerSettings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
              + ": "
              + error.getMessage(),
          error);
    }
    return new FeedException(refused + ": " + error.getMessage(), error);
  }

  private String place(long line) {
    return feed.file() + ":" + line + ": ";
  }

  private void check() throws FeedException {
    FeedException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }
}
