package io.anabranch.job.kafka;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.topology.RawRecord;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Reads the feature stream. */
public final class KafkaInput {
  private static final String DISCOVERY_MILLIS = "30000";

  private KafkaInput() {}

  /**
   * The unbounded source of a pipeline's features: from the offsets that the restored checkpoint
   * holds; without one from those committed by its consumer group; without them from the earliest.
   */
  public static KafkaSource<RawRecord> source(Pipeline pipeline) {
    Properties properties = ClientProperties.of(pipeline.kafka());
    properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.putIfAbsent(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_MILLIS);
    // Offsets are committed when the checkpoint that holds them has completed, never by a timer.
    properties.setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "true");
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return KafkaSource.<RawRecord>builder()
        .setProperties(properties)
        .setBootstrapServers(pipeline.kafka().bootstrap())
        .setTopics(pipeline.input().topic())
        .setGroupId(pipeline.consumerGroup())
        .setClientIdPrefix(pipeline.name())
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(new RawRecordSchema())
        .build();
  }
}
