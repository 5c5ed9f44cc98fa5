package io.anabranch.cluster.kafka;

import io.anabranch.cluster.feed.FedCounts;
import io.anabranch.cluster.feed.FeedPlan;
import io.anabranch.cluster.feed.FeedPlan.Place;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a plan at an even rate, in a thread of its own, until it is closed. The producer is
 * idempotent and patient, so that each record is in the topic once, whatever happens to the broker.
 */
public final class Feeder implements AutoCloseable {
  private final FeedPlan plan;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final long[] fed;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * Starts to feed.
   *
   * @param perSecond records per second, over all partitions
   */
  public Feeder(FeedPlan plan, String topic, String bootstrap, int perSecond) {
    this.plan = plan;
    this.topic = topic;
    fed = new long[plan.partitions()];
    long patience = TimeUnit.HOURS.toMillis(1);
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) patience,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                patience),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread = new Thread(() -> feed(TimeUnit.SECONDS.toNanos(1) / perSecond), "feeder");
    thread.setDaemon(true);
    thread.start();
  }

  private void feed(long nanosPerRecord) {
    long due = System.nanoTime();
    for (int partition = 0; !closing; partition = (partition + 1) % fed.length) {
      Place place = new Place(partition, fed[partition]++);
      var unused =
          producer.send(
              new ProducerRecord<>(topic, partition, null, plan.value(place)),
              (metadata, failed) -> {
                if (failed != null) {
                  failure.compareAndSet(null, failed);
                }
              });
      due += nanosPerRecord;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  /**
   * Ends feeding, and waits until the broker has all.
   *
   * @throws IllegalStateException when a record could not be fed
   */
  public FedCounts finish() throws InterruptedException {
    close();
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("could not feed " + topic, failed);
    }
    return FedCounts.of(fed);
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
    producer.close();
  }
}
