package io.anabranch.job.kafka;

import io.anabranch.job.pipeline.Pipeline;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/** What every Kafka client of a pipeline is configured with. */
final class ClientProperties {
  private ClientProperties() {}

  /** The pipeline's own properties, under the bootstrap servers it names. */
  static Properties of(Pipeline.Kafka kafka) {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
    return properties;
  }
}
