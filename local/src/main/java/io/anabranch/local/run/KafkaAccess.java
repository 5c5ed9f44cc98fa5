package io.anabranch.local.run;

import io.anabranch.job.pipeline.Pipeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** How the local run's own clients reach Kafka. */
final class KafkaAccess {
  private static final int REQUEST_MILLIS = 10_000;

  private KafkaAccess() {}

  /** What every client needs: the pipeline's properties, under the servers that it names. */
  static Map<String, Object> settings(Pipeline.Kafka kafka) {
    Map<String, Object> client = new HashMap<>(kafka.properties());
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
    return client;
  }

  /** A client whose answers are there, or fail, within the patience. */
  static Admin admin(Map<String, Object> client, Duration patience) throws RunFailure {
    Map<String, Object> settings = new HashMap<>(client);
    int millis = (int) patience.toMillis();
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Math.min(REQUEST_MILLIS, millis));
    try {
      return Admin.create(settings);
    } catch (KafkaException e) {
      throw RunFailure.failed("kafka: no client can be made: " + Causes.shortest(e), e);
    }
  }

  /** Tells a broker that can't be reached from one that refuses. */
  static RunFailure failure(
      ExecutionException failure, Pipeline.Kafka kafka, Duration patience, String what) {
    return failure.getCause() instanceof TimeoutException
        ? RunFailure.failed(
            "kafka: no broker could be reached at "
                + kafka.bootstrap()
                + " within "
                + patience.toSeconds()
                + " s",
            failure)
        : RunFailure.failed(what + ": " + Causes.shortest(failure), failure);
  }
}
