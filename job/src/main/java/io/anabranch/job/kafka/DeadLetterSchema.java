package io.anabranch.job.kafka;

import io.anabranch.job.output.DeadLetter;
import io.anabranch.job.output.DeadLetterFormat;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Dead letters as Kafka records. */
final class DeadLetterSchema implements KafkaRecordSerializationSchema<DeadLetter> {
  // -- configuration

  private final String topic;
  private final int maxRecordBytes;

  // -- runtime

  private transient DeadLetterFormat format;

  @SuppressWarnings("NullAway.Init") // the connector calls open before all else
  DeadLetterSchema(String topic, int maxRecordBytes) {
    this.topic = topic;
    this.maxRecordBytes = maxRecordBytes;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sink) {
    format = new DeadLetterFormat(topic, maxRecordBytes);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, Long timestamp) {
    return format.record(letter);
  }
}
