package io.anabranch.local.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits where a job stopped. Its sources do so only when a fetcher comes by, and a job that ends
 * doesn't wait for that: a run without the savepoint would read the last records once more.
 */
final class GroupCommit {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Admin admin;
  private final String group;

  GroupCommit(Admin admin, String group) {
    this.admin = admin;
    this.group = group;
  }

  /** Commits; a failure is logged only, because the savepoint holds the same offsets. */
  void commit(Map<TopicPartition, Long> positions) throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    positions.forEach((partition, next) -> offsets.put(partition, new OffsetAndMetadata(next)));
    try {
      admin
          .alterConsumerGroupOffsets(group, offsets)
          .all()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("group {} could not commit {}", group, positions, e);
    }
  }
}
