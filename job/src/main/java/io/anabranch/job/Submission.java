package io.anabranch.job;

import io.anabranch.job.kafka.Broker;
import io.anabranch.job.kafka.SinkSettings;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.models.learner.LearnerRegistry;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Reads a pipeline file and hands its job to the cluster of the environment. */
final class Submission {
  private Submission() {}

  static void run(AnabranchJob.Arguments arguments) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    ClassLoader loader = AnabranchJob.class.getClassLoader();
    Pipeline pipeline =
        PipelineFile.read(
            arguments.place(),
            PipelineText.read(arguments.place()),
            arguments.sets(),
            name -> Optional.ofNullable(System.getenv(name)),
            new LearnerRegistry(loader));
    ReadableConfig cluster = environment.getConfiguration();
    CheckpointPlace.requireForCluster(pipeline, cluster);
    Configuration settings = FlinkSettings.of(pipeline, cluster);
    environment.configure(settings, loader);
    int parallelism = Math.max(1, environment.getParallelism());
    Map<String, Integer> limits =
        KafkaJob.prepare(
            pipeline,
            parallelism,
            Broker.PATIENCE,
            cluster
                .getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID)
                .map(JobID::fromHexString));
    KafkaJob.define(
        environment,
        pipeline,
        new SinkSettings(SinkSettings.DEFAULT_TRANSACTION_TIMEOUT, limits),
        parallelism);
    environment.execute(pipeline.name());
  }
}
