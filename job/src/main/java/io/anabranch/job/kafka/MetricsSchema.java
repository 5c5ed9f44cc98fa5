package io.anabranch.job.kafka;

import io.anabranch.job.output.MetricsFormat;
import io.anabranch.operators.record.MetricsReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Metrics as Kafka records. */
final class MetricsSchema implements KafkaRecordSerializationSchema<MetricsReport> {
  // -- configuration

  private final String topic;

  // -- runtime

  private transient MetricsFormat format;

  @SuppressWarnings("NullAway.Init") // the connector calls open before all else
  MetricsSchema(String topic) {
    this.topic = topic;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sink) {
    format = new MetricsFormat();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      MetricsReport report, KafkaSinkContext context, Long timestamp) {
    try {
      return new ProducerRecord<>(topic, format.key(report), format.value(report));
    } catch (IOException e) {
      throw new UncheckedIOException("metrics of learner '" + report.learner() + "'", e);
    }
  }
}
