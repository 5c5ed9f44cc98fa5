package io.anabranch.job.kafka;

import io.anabranch.job.pipeline.Pipeline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a pipeline's lease for a job, in a thread of its own: joins the group, stays a member until
 * it is closed, and gives way to a run that was there before. It reads nothing.
 */
final class LeaseHolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseHolder.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration LEAVE = Duration.ofSeconds(5);

  private final Pipeline pipeline;
  private final RunLease lease;
  private final String member;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private volatile Optional<Exception> lost = Optional.empty();
  private volatile boolean closed;

  /**
   * Starts to hold the lease.
   *
   * @param member the job's name in the group
   */
  LeaseHolder(Pipeline pipeline, String member) {
    this.pipeline = pipeline;
    this.lease = new RunLease(pipeline);
    this.member = member;
    Properties properties = ClientProperties.of(pipeline.kafka());
    properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, lease.group());
    properties.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, member);
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
    try (consumer;
        Broker broker = Broker.of(pipeline.kafka(), RunLease.PATIENCE)) {
      // Only members that subscribe are in a group; what is assigned is paused at once.
      consumer.subscribe(List.of(pipeline.input().topic()), new PauseAll());
      long alone = System.nanoTime();
      while (!closed) {
        consumer.poll(POLL);
        Optional<MemberDescription> before = before(broker);
        if (before.isEmpty()) {
          alone = System.nanoTime();
        } else if (System.nanoTime() - alone > RunLease.PATIENCE.toNanos()) {
          // Not the trace of a run that was killed: the broker would have forgotten it by now.
          throw lease.refusal(before.get());
        }
      }
    } catch (WakeupException e) {
      LOG.debug("the lease of {} is given back", pipeline.name());
    } catch (Exception e) {
      lost = Optional.of(e);
    }
  }

  private Optional<MemberDescription> before(Broker broker) throws InterruptedException {
    try {
      return lease.before(broker, member);
    } catch (StartException | ApiException e) {
      // A broker that is away takes nobody's lease; the job's own clients wait for it too.
      LOG.warn("who else runs {} cannot be told for now", pipeline.name(), e);
      return Optional.empty();
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
