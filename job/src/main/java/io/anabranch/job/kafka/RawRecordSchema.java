package io.anabranch.job.kafka;

import io.anabranch.job.topology.RawRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Takes records as they are; what is in the bytes is found out in the source's chain. */
final class RawRecordSchema implements KafkaRecordDeserializationSchema<RawRecord> {
  private transient RawRecord record;

  @SuppressWarnings("NullAway.Init") // the connector calls open before all else
  RawRecordSchema() {}

  @Override
  public void open(InitializationContext context) {
    record = new RawRecord();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> from, Collector<RawRecord> out) {
    record.set(
        from.topic(), from.partition(), from.offset(), from.timestamp(), from.key(), from.value());
    Header defect = from.headers().lastHeader(RawRecord.DEFECT);
    if (defect != null) {
      record.defect(defect.value());
    }
    out.collect(record);
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return RawRecord.TYPE;
  }
}
