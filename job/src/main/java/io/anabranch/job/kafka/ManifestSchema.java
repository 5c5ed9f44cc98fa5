package io.anabranch.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anabranch.operators.record.ModelRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Versions as Kafka records. */
final class ManifestSchema implements KafkaRecordSerializationSchema<ModelRecord.Manifest> {
  private final String topic;
  private final String pipeline;
  private final String configHash;

  ManifestSchema(String topic, String pipeline, String configHash) {
    this.topic = topic;
    this.pipeline = pipeline;
    this.configHash = configHash;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ModelRecord.Manifest manifest, KafkaSinkContext context, Long timestamp) {
    String key = pipeline + "/" + manifest.learner() + "/manifest";
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), configHash.getBytes(UTF_8));
  }
}
