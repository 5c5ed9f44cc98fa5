package io.anabranch.job.kafka;

import io.anabranch.job.output.PredictionFormat;
import io.anabranch.models.data.Target;
import io.anabranch.operators.record.PredictionRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Predictions as Kafka records. Their timestamp is the time of writing, not the event time: the
 * topic's retention goes by it, and old events must not be deleted as soon as they are predicted.
 */
final class PredictionSchema implements KafkaRecordSerializationSchema<PredictionRecord> {
  // -- configuration

  private final String topic;
  private final Target target;
  private final boolean keyed;

  // -- runtime

  private transient PredictionFormat format;

  @SuppressWarnings("NullAway.Init") // the connector calls open before all else
  PredictionSchema(String topic, Target target, boolean keyed) {
    this.topic = topic;
    this.target = target;
    this.keyed = keyed;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sink) {
    format = new PredictionFormat(target, keyed);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      PredictionRecord record, KafkaSinkContext context, Long timestamp) {
    try {
      return new ProducerRecord<>(topic, format.key(record), format.value(record));
    } catch (IOException e) {
      throw new UncheckedIOException("prediction of record '" + record.id() + "'", e);
    }
  }
}
