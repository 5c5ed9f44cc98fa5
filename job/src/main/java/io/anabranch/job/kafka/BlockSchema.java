package io.anabranch.job.kafka;

import io.anabranch.modellog.ModelLogWriter;
import io.anabranch.operators.record.ModelRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Live weights as Kafka records. */
final class BlockSchema implements KafkaRecordSerializationSchema<ModelRecord.Block> {
  private final ModelLogWriter log;

  BlockSchema(ModelLogWriter log) {
    this.log = log;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ModelRecord.Block block, KafkaSinkContext context, Long timestamp) {
    return log.block(block.learner(), block.block(), block.version(), block.payload());
  }
}
