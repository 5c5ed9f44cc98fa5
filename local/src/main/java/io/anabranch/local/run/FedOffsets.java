package io.anabranch.local.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the offsets that a consumer group has committed whether it has read all that was fed.
 */
final class FedOffsets {
  private final Admin admin;
  private final String group;
  private final Map<TopicPartition, Long> ends;

  FedOffsets(Admin admin, String group, Map<TopicPartition, Long> ends) {
    this.admin = admin;
    this.group = group;
    this.ends = Map.copyOf(ends);
  }

  /** Whether each partition is committed to its end; false also when the broker doesn't answer. */
  boolean reached(Duration patience) throws InterruptedException {
    try {
      return covers(
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException unreachable) {
      return false; // asked again after the next checkpoint
    }
  }

  /** A partition without a commit counts as not read at all; one that is empty needs none. */
  boolean covers(Map<TopicPartition, @Nullable OffsetAndMetadata> committed) {
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      OffsetAndMetadata offset = committed.get(end.getKey());
      if ((offset == null ? 0 : offset.offset()) < end.getValue()) {
        return false;
      }
    }
    return true;
  }
}
