package io.anabranch.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FedOffsetsTest {
  private static final TopicPartition FIRST = new TopicPartition("t", 0);
  private static final TopicPartition SECOND = new TopicPartition("t", 1);

  private final Admin admin = Admin.create(nowhere());

  private static Properties nowhere() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", "127.0.0.1:1");
    return properties;
  }

  @AfterEach
  void close() {
    admin.close(Duration.ZERO);
  }

  private boolean covers(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> positions) {
    return new FedOffsets(admin, "group", ends).covers(positions);
  }

  @Test
  void everyPartitionMustBeReadToItsEnd() {
    Map<TopicPartition, Long> ends = Map.of(FIRST, 10L, SECOND, 5L);

    assertThat(covers(ends, Map.of(FIRST, 10L, SECOND, 4L))).isFalse();
    assertThat(covers(ends, Map.of(FIRST, 12L, SECOND, 5L))).isTrue();
  }

  @Test
  void anEmptyPartitionNeedsNotBeRead() {
    assertThat(covers(Map.of(FIRST, 0L), Map.of())).isTrue();
    assertThat(covers(Map.of(FIRST, 1L), Map.of())).isFalse();
  }
}
