package io.anabranch.local.output;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers that belong to no group and commit nothing. */
final class Consumers {
  private Consumers() {}

  static Consumer<byte[], byte[]> create(Map<String, ?> client, String isolation) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", isolation);
    settings.put("auto.offset.reset", "earliest");
    settings.put("allow.auto.create.topics", false);
    settings.putAll(client);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static Consumer<byte[], byte[]> readCommitted(Map<String, ?> client) {
    return create(client, "read_committed");
  }

  static Consumer<byte[], byte[]> readUncommitted(Map<String, ?> client) {
    return create(client, "read_uncommitted");
  }
}
