package io.anabranch.job.kafka;

import io.anabranch.job.pipeline.Pipeline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Holds a pipeline's lease for a job, in a thread of its own: joins the group, checks that nobody
 * else is in it (two runs submitted within the same moment both pass the check before submission),
 * and stays a member until it is closed. It reads nothing.
 */
final class LeaseHolder implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LEAVE = Duration.ofSeconds(5);

  private final Pipeline pipeline;
  private final RunLease lease;
  private final JobID job;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private volatile Optional<Exception> lost = Optional.empty();
  private volatile boolean closed;

  LeaseHolder(Pipeline pipeline, JobID job) {
    this.pipeline = pipeline;
    this.lease = new RunLease(pipeline);
    this.job = job;
    Properties properties = ClientProperties.of(pipeline.kafka());
    properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, lease.group());
    properties.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, lease.clientOf(job));
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    properties.setProperty(
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(RunLease.SESSION.toMillis()));
    properties.setProperty(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "2000");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    thread = new Thread(this::hold, "lease of " + pipeline.name());
    thread.setDaemon(true);
    thread.start();
  }

  /** Why the lease is lost; empty as long as it is not. */
  Optional<Exception> lost() {
    return lost;
  }

  private void hold() {
    try (consumer) {
      // Only members that subscribe are in a group; what is assigned is paused at once.
      consumer.subscribe(List.of(pipeline.input().topic()), new PauseAll());
      while (!closed && consumer.groupMetadata().memberId().isEmpty()) {
        consumer.poll(POLL);
      }
      requireAlone();
      while (!closed) {
        consumer.poll(POLL);
      }
    } catch (WakeupException e) {
      // close() woke us up: the consumer leaves the group as it is closed.
    } catch (Exception e) {
      lost = Optional.of(e);
    }
  }

  private void requireAlone() throws Exception {
    try (Broker broker = Broker.of(pipeline.kafka(), RunLease.PATIENCE)) {
      lease.awaitPrecedence(broker, job);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    consumer.wakeup();
    thread.join(LEAVE.toMillis());
  }

  private final class PauseAll implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // Nothing was read, so there is nothing to be finished.
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.pause(partitions);
    }
  }
}
