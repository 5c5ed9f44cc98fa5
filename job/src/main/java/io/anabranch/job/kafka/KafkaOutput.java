package io.anabranch.job.kafka;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.Delivery;
import io.anabranch.job.pipeline.Pipeline.Output;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Makes the sinks of one pipeline, each with the guarantee that its output was given. */
final class KafkaOutput {
  // Outputs repeat their field names in every record, so they shrink several times over, and lz4
  // costs less CPU than what it saves in sending.
  private static final String COMPRESSION = "lz4";
  private static final int BATCH_BYTES = 128 << 10;
  private static final String LINGER_MILLIS = "5";

  private final Pipeline pipeline;
  private final SinkSettings settings;
  private final RunTurn turn;

  KafkaOutput(Pipeline pipeline, SinkSettings settings, RunTurn turn) {
    this.turn = turn;
    this.pipeline = pipeline;
    this.settings = settings;
  }

  /** The topic of an output. */
  static String topic(Pipeline pipeline, Output output) {
    return pipeline.topics().getOrDefault(output, pipeline.name() + "." + output.text());
  }

  String topic(Output output) {
    return topic(pipeline, output);
  }

  int maxRecordBytes(Output output) {
    return settings.maxRecordBytes(topic(output));
  }

  /**
   * A sink.
   *
   * @param part tells sinks of one output apart, in their transactional ids
   */
  <T> KafkaSink<T> sink(Output output, String part, KafkaRecordSerializationSchema<T> schema) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(pipeline.kafka().bootstrap())
        .setKafkaProducerConfig(producer(output))
        .setDeliveryGuarantee(guarantee(output))
        .setTransactionalIdPrefix(pipeline.name() + "." + output.text() + "." + part)
        .setRecordSerializer(schema)
        .build();
  }

  /**
   * A sink to the models topic. At least once is fenced there, since a late record of an abandoned
   * attempt would not be one too many, but the newest.
   */
  <T> Sink<T> modelSink(String part, Duration linger, FencedSink.Records<T> records) {
    if (guarantee(Output.MODELS) == DeliveryGuarantee.EXACTLY_ONCE) {
      return sink(Output.MODELS, part, (element, context, timestamp) -> records.of(element));
    }
    return new FencedSink<>(
        turn,
        producer(Output.MODELS),
        pipeline.name() + "." + Output.MODELS.text() + "." + part,
        linger,
        records);
  }

  private Properties producer(Output output) {
    Properties properties = ClientProperties.of(pipeline.kafka());
    properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, COMPRESSION);
    properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
    properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    properties.putIfAbsent(ProducerConfig.ACKS_CONFIG, "all");
    properties.putIfAbsent(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Long.toString(settings.transactionTimeout().toMillis()));
    properties.putIfAbsent(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        Integer.toString(Math.max(SinkSettings.DEFAULT_MAX_RECORD_BYTES, maxRecordBytes(output))));
    return properties;
  }

  private DeliveryGuarantee guarantee(Output output) {
    return pipeline.delivery().get(output) == Delivery.EXACTLY_ONCE
        ? DeliveryGuarantee.EXACTLY_ONCE
        : DeliveryGuarantee.AT_LEAST_ONCE;
  }
}
