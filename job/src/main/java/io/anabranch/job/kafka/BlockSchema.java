package io.anabranch.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anabranch.operators.record.ModelRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Live weights as Kafka records. */
final class BlockSchema implements KafkaRecordSerializationSchema<ModelRecord.Block> {
  private final String topic;
  private final String pipeline;

  BlockSchema(String topic, String pipeline) {
    this.topic = topic;
    this.pipeline = pipeline;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ModelRecord.Block block, KafkaSinkContext context, Long timestamp) {
    String key = pipeline + "/" + block.learner() + "/" + block.block();
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), block.payload());
  }
}
