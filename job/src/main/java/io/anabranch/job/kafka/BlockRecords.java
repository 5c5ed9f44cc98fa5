package io.anabranch.job.kafka;

import io.anabranch.job.kafka.FencedSink.Records;
import io.anabranch.modellog.ModelLogWriter;
import io.anabranch.operators.record.ModelRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Live weights as Kafka records. */
final class BlockRecords implements Records<ModelRecord.Block> {
  private final ModelLogWriter log;

  BlockRecords(ModelLogWriter log) {
    this.log = log;
  }

  @Override
  public ProducerRecord<byte[], byte[]> of(ModelRecord.Block block) {
    return block.isForgotten()
        ? log.forgotten(block.learner(), block.block(), block.version())
        : log.block(block.learner(), block.block(), block.version(), block.payload());
  }
}
