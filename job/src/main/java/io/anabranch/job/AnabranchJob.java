package io.anabranch.job;

import io.anabranch.job.kafka.Broker;
import io.anabranch.job.kafka.SinkSettings;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.models.learner.LearnerRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Entry point of the job jar: {@code flink run anabranch-job.jar PIPELINE_URI [--set PATH=VALUE]…}.
 * What is wrong with file or options is the message of the exception, which Flink's client prints.
 */
public final class AnabranchJob {
  private static final String USAGE =
      "usage: flink run anabranch-job.jar PIPELINE_URI [--set PATH=VALUE]...";

  private AnabranchJob() {}

  /** Runs the pipeline whose URI is the first argument. */
  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
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

  /** What stands on the command line. */
  record Arguments(String place, List<String> sets) {
    static Arguments of(String... args) {
      List<String> places = new ArrayList<>();
      List<String> sets = new ArrayList<>();
      for (int i = 0; i < args.length; i++) {
        if (args[i].startsWith("--set=")) {
          sets.add(args[i].substring("--set=".length()));
        } else if (args[i].equals("--set") && i + 1 < args.length) {
          sets.add(args[++i]);
        } else if (args[i].startsWith("-")) {
          throw new IllegalArgumentException("option " + args[i] + " is not known; " + USAGE);
        } else {
          places.add(args[i]);
        }
      }
      if (places.size() != 1) {
        throw new IllegalArgumentException(
            "one PIPELINE_URI must be given, got " + places.size() + "; " + USAGE);
      }
      return new Arguments(places.get(0), List.copyOf(sets));
    }
  }
}
