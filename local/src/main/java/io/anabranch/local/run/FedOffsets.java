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
import org.jspecify.annotations.Nullable;

/** Where the topics ended when all was fed, and whether that is reached. */
final class FedOffsets {
  private final Admin admin;
  private final String group;
  private final Map<TopicPartition, Long> ends;

  FedOffsets(Admin admin, String group, Map<TopicPartition, Long> ends) {
    this.admin = admin;
    this.group = group;
    this.ends = Map.copyOf(ends);
  }

  /** Whether these positions are at or after each end; one that is missing counts as 0. */
  boolean covers(Map<TopicPartition, Long> positions) {
    return ends.entrySet().stream()
        .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  /**
   * Whether these positions do, where they are known, and the offsets that the group has committed,
   * where they are not; false also when the broker doesn't answer.
   */
  boolean coveredByGroup(Map<TopicPartition, Long> positions, Duration patience)
      throws InterruptedException {
    try {
      Map<TopicPartition, Long> all = new HashMap<>();
      Map<TopicPartition, @Nullable OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      committed.forEach((partition, o) -> all.put(partition, o == null ? 0 : o.offset()));
      all.putAll(positions);
      return covers(all);
    } catch (ExecutionException | TimeoutException unreachable) {
      return false; // asked again
    }
  }
}
