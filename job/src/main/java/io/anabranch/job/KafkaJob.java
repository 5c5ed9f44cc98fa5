package io.anabranch.job;

import io.anabranch.job.kafka.Broker;
import io.anabranch.job.kafka.KafkaInput;
import io.anabranch.job.kafka.KafkaSinks;
import io.anabranch.job.kafka.PipelineLease;
import io.anabranch.job.kafka.RunLease;
import io.anabranch.job.kafka.RunTurn;
import io.anabranch.job.kafka.SinkSettings;
import io.anabranch.job.kafka.StartException;
import io.anabranch.job.kafka.TopicSetup;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.topology.RawRecord;
import io.anabranch.job.topology.Sources;
import io.anabranch.job.topology.Topology;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A pipeline's job between Kafka topics: the same on a cluster and in the local runner.
 *
 * <pre>{@code
 * StreamExecutionEnvironment environment = ...;   // of any kind
 * environment.configure(FlinkSettings.of(pipeline, environment.getConfiguration()));
 * Map<String, Integer> limits = KafkaJob.prepare(
 *     pipeline, parallelism, Broker.PATIENCE, Optional.empty());
 * KafkaJob.define(environment, pipeline, new SinkSettings(timeout, limits), parallelism);
 * environment.execute();
 * }</pre>
 */
public final class KafkaJob {
  private KafkaJob() {}

  /**
   * Sees to the world outside before the job starts: no other run of this pipeline, and all topics
   * there.
   *
   * @param patience how long the broker or a missing input topic is waited for
   * @param own the id of the job, if it is known already; its own lease is none of another run
   * @return the largest record of each output topic, in bytes
   * @throws StartException when the job cannot be started; the message says why
   */
  public static Map<String, Integer> prepare(
      Pipeline pipeline, int parallelism, Duration patience, Optional<JobID> own)
      throws StartException, InterruptedException {
    Map<String, Integer> limits;
    try (Broker broker = Broker.of(pipeline.kafka(), patience)) {
      limits = TopicSetup.prepare(broker, pipeline, parallelism);
    }
    try (Broker broker = Broker.of(pipeline.kafka(), RunLease.PATIENCE)) {
      new RunLease(pipeline).awaitFree(broker, own);
    }
    return limits;
  }

  /**
   * Defines the job.
   *
   * @param environment configured with {@link FlinkSettings}
   * @param parallelism of every operator that works in parallel, 1 to {@link
   *     Topology#MAX_PARALLELISM}
   */
  public static void define(
      StreamExecutionEnvironment environment,
      Pipeline pipeline,
      SinkSettings settings,
      int parallelism) {
    Source<RawRecord, ?, ?> features = KafkaInput.source(pipeline);
    Sources sources = () -> features;
    RunTurn turn = RunTurn.now(pipeline);
    PipelineLease.attach(
        Topology.define(
            environment, pipeline, sources, new KafkaSinks(pipeline, settings, turn), parallelism),
        turn);
  }
}
