package io.anabranch.local.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics that are fed: makes missing ones and says where they end. */
public final class InputTopics {
  private static final String MAX_RECORD_BYTES = Integer.toString(16 << 20);

  private static final Duration APPEARANCE = Duration.ofSeconds(10);
  private static final long RETRY_MILLIS = 50;
  private static final int ANSWER_MILLIS = 5_000;

  private final Admin admin;

  /** Uses, and does not close, the client. */
  public InputTopics(Admin admin) {
    this.admin = admin;
  }

  /** Creates the topic unless it is there. */
  public void create(String topic, int partitions) throws InterruptedException, ExecutionException {
    // Fed records carry the event's time, often long ago: retention by age would delete them.
    NewTopic wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty())
            .configs(Map.of("retention.ms", "-1", "max.message.bytes", MAX_RECORD_BYTES));
    try {
      admin.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  /**
   * The next offset of each partition. A topic created a moment ago may be unknown to its broker
   * still, and is waited for.
   *
   * @throws ExecutionException when a topic does not exist after ten seconds, or Kafka fails
   */
  public Map<TopicPartition, Long> ends(Set<String> topics)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + APPEARANCE.toNanos();
    while (true) {
      try {
        return endsNow(topics);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      }
    }
  }

  private Map<TopicPartition, Long> endsNow(Set<String> topics)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (TopicDescription topic :
        admin
            .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(ANSWER_MILLIS))
            .allTopicNames()
            .get()
            .values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  wanted.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.latest()));
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
        admin
            .listOffsets(wanted, new ListOffsetsOptions().timeoutMs(ANSWER_MILLIS))
            .all()
            .get()
            .entrySet()) {
      ends.put(end.getKey(), end.getValue().offset());
    }
    return ends;
  }
}
