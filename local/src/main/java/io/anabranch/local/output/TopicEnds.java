package io.anabranch.local.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Where topics end for a given consumer: for a read-committed one, at the last stable offset. */
final class TopicEnds {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private TopicEnds() {}

  static Map<TopicPartition, Long> of(Consumer<?, ?> consumer, Collection<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    Map<String, List<PartitionInfo>> known = consumer.listTopics(PATIENCE);
    for (String topic : topics) {
      known
          .getOrDefault(topic, List.of())
          .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
    }
    return consumer.endOffsets(partitions, PATIENCE);
  }
}
