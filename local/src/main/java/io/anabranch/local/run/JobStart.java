package io.anabranch.local.run;

import io.anabranch.job.KafkaJob;
import io.anabranch.job.kafka.SinkSettings;
import io.anabranch.job.kafka.StartException;
import io.anabranch.job.pipeline.Pipeline;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Makes the job of a pipeline: the very one that runs on a cluster. */
final class JobStart {
  /**
   * A killed run holds up read-committed readers this long. Twice the worst restart: half a minute
   * between attempts, a minute's wait for the model.
   */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(3);

  private JobStart() {}

  /**
   * Sees to the topics and to it that no other run of the pipeline is under way.
   *
   * @param patience how long a broker or a missing input topic is waited for
   * @return the largest record of each output topic, bytes
   */
  static Map<String, Integer> prepare(Pipeline pipeline, int parallelism, Duration patience)
      throws RunFailure, InterruptedException {
    try {
      return KafkaJob.prepare(pipeline, parallelism, patience, Optional.empty());
    } catch (StartException e) {
      throw RunFailure.failed(e);
    }
  }

  static JobGraph define(
      Pipeline pipeline,
      Configuration settings,
      int parallelism,
      Map<String, Integer> recordLimits) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    KafkaJob.define(
        environment,
        pipeline,
        new SinkSettings(transactionTimeout(pipeline), recordLimits),
        parallelism);
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(pipeline.name());
    return graph.getJobGraph();
  }

  /** A transaction stays open from one checkpoint to the next: that must always fit. */
  static Duration transactionTimeout(Pipeline pipeline) {
    Duration needed = Duration.ofMillis(pipeline.checkpoint().intervalMillis()).multipliedBy(3);
    Duration timeout = needed.compareTo(TRANSACTION_TIMEOUT) > 0 ? needed : TRANSACTION_TIMEOUT;
    Duration limit = SinkSettings.DEFAULT_TRANSACTION_TIMEOUT;
    return timeout.compareTo(limit) > 0 ? limit : timeout;
  }
}
