package io.anabranch.bench;

import io.anabranch.job.FlinkSettings;
import io.anabranch.job.KafkaJob;
import io.anabranch.job.kafka.Broker;
import io.anabranch.job.kafka.KafkaInput;
import io.anabranch.job.kafka.KafkaSinks;
import io.anabranch.job.kafka.RunTurn;
import io.anabranch.job.kafka.SinkSettings;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.Output;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.operators.record.RecordTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Two runs of a job over a workload's topic, in a process of their own; the second one counts. */
final class JobRun {
  static final int PARALLELISM = 2;
  private static final long POLL_MILLIS = 20;

  private final Workload workload;
  private final String name;
  private final boolean passThrough;
  private final String bootstrap;
  private final Path checkpoints;

  private JobRun(
      Workload workload, String name, boolean passThrough, String bootstrap, Path checkpoints) {
    this.workload = workload;
    this.name = name;
    this.passThrough = passThrough;
    this.bootstrap = bootstrap;
    this.checkpoints = checkpoints;
  }

  /** Runs: workload, name of the pipeline, whether to pass through, brokers, checkpoints. */
  public static void main(String[] arguments) throws Exception {
    JobRun run =
        new JobRun(
            Workload.valueOf(arguments[0]),
            arguments[1],
            Boolean.parseBoolean(arguments[2]),
            arguments[3],
            Path.of(arguments[4]));
    // The first run pays for what the compiler has yet to learn, and is not counted.
    run.run("-warm-up");
    System.out.println(run.run("").line());
    System.exit(0);
  }

  private Measurement run(String suffix) throws Exception {
    Pipeline pipeline =
        PipelineFile.read(
            "bench",
            workload.pipeline(name + suffix, bootstrap),
            List.of(),
            name -> Optional.empty(),
            new LearnerRegistry(JobRun.class.getClassLoader()));
    SinkSettings sinks =
        new SinkSettings(
            SinkSettings.DEFAULT_TRANSACTION_TIMEOUT,
            KafkaJob.prepare(pipeline, PARALLELISM, Broker.PATIENCE, Optional.empty()));
    StreamExecutionEnvironment environment = environment(pipeline);
    if (passThrough) {
      environment
          .fromSource(KafkaInput.source(pipeline), WatermarkStrategy.noWatermarks(), "features")
          .uid("features")
          .flatMap(new PassThrough(pipeline))
          .returns(RecordTypes.PREDICTION)
          .uid("pass-through")
          .sinkTo(
              new KafkaSinks(pipeline, sinks, RunTurn.now(pipeline))
                  .predictions(pipeline.learners().get(0)))
          .uid("predictions");
    } else {
      KafkaJob.define(environment, pipeline, sinks, PARALLELISM);
    }
    JobClient job = environment.executeAsync();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      return measure(
          admin,
          Objects.requireNonNull(pipeline.topics().get(Output.PREDICTIONS)),
          workload.rowCount(),
          job);
    } finally {
      job.cancel().get();
    }
  }

  private StreamExecutionEnvironment environment(Pipeline pipeline) {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM);
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
    environment.configure(FlinkSettings.of(pipeline, configuration), JobRun.class.getClassLoader());
    return environment;
  }

  private static Measurement measure(Admin admin, String topic, long rows, JobClient job)
      throws ExecutionException, InterruptedException {
    long from = await(admin, topic, rows / 2, job);
    long time = System.nanoTime();
    long cpu = Measurement.processCpuNanos();
    long until = await(admin, topic, rows, job);
    return new Measurement(
        until - from, System.nanoTime() - time, Measurement.processCpuNanos() - cpu);
  }

  /** Waits until the topic holds this many records, and returns how many there are. */
  private static long await(Admin admin, String topic, long count, JobClient job)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, PARALLELISM)
            .boxed()
            .collect(Collectors.toMap(p -> new TopicPartition(topic, p), p -> OffsetSpec.latest()));
    while (true) {
      long written =
          admin.listOffsets(ends).all().get().values().stream()
              .mapToLong(ListOffsetsResultInfo::offset)
              .sum();
      if (written >= count) {
        return written;
      }
      if (job.getJobStatus().get().isGloballyTerminalState()) {
        throw new IllegalStateException("the job ended after " + written + " records");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
