package io.anabranch.bench;

import io.anabranch.job.FlinkSettings;
import io.anabranch.job.KafkaJob;
import io.anabranch.job.kafka.Broker;
import io.anabranch.job.kafka.KafkaInput;
import io.anabranch.job.kafka.KafkaSinks;
import io.anabranch.job.kafka.SinkSettings;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.Output;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.operators.record.RecordTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
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
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The whole job against a pass-through job (Kafka, decode, write to Kafka), in one run on one
 * broker at parallelism 2, with the broker in another process. Prints records per second from the
 * first tenth of the output to its end, the CPU time of the job's process per record, and the
 * ratio.
 */
public final class WholeJob {
  private static final int PARALLELISM = 2;
  private static final long POLL_MILLIS = 20;

  private final String bootstrap;
  private final Admin admin;
  private final Path checkpoints;
  private int runs;

  private WholeJob(String bootstrap, Admin admin, Path checkpoints) {
    this.bootstrap = bootstrap;
    this.admin = admin;
    this.checkpoints = checkpoints;
  }

  /**
   * Runs; the arguments are the number of rounds, by default 3, and the only topic to measure, by
   * default all.
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
    String only = arguments.length < 2 ? "" : arguments[1];
    Path directory = Files.createTempDirectory("anabranch-bench");
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      WholeJob bench = new WholeJob(broker.bootstrap(), admin, directory.resolve("checkpoints"));
      for (Workload workload : Workload.values()) {
        if (only.isEmpty() || only.equals(workload.topic())) {
          bench.compare(workload, rounds);
        }
      }
    } finally {
      delete(directory);
    }
  }

  private void compare(Workload workload, int rounds) throws Exception {
    produce(workload);
    // The first run of each pays for class loading and compilation, and is not counted.
    run(workload, true);
    run(workload, false);
    List<Double> ratios = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      Measurement pass = run(workload, true);
      Measurement full = run(workload, false);
      ratios.add(full.perSecond() / pass.perSecond());
      System.out.printf(
          Locale.ROOT,
          "%-10s round %d: pass-through %,9.0f records/s %5.2f us CPU/record; "
              + "full job %,9.0f records/s %5.2f us CPU/record; ratio %.2f%n",
          workload.text(),
          round,
          pass.perSecond(),
          pass.cpuMicros(),
          full.perSecond(),
          full.cpuMicros(),
          full.perSecond() / pass.perSecond());
    }
    ratios.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%-10s median ratio of full job to pass-through: %.2f%n",
        workload.text(),
        ratios.get(ratios.size() / 2));
  }

  private void produce(Workload workload) throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(workload.topic(), PARALLELISM, (short) 1))).all().get();
    Workload.RowWriter rows = workload.rows();
    StringBuilder text = new StringBuilder();
    AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "compression.type",
                "lz4",
                "linger.ms",
                "20",
                "batch.size",
                "262144"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int row = 0; row < workload.rowCount(); row++) {
        text.setLength(0);
        rows.write(row, text);
        byte[] value = text.toString().getBytes(StandardCharsets.UTF_8);
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(workload.topic(), row % PARALLELISM, null, value),
                (metadata, failure) -> {
                  if (failure != null) {
                    failed.compareAndSet(null, failure);
                  }
                });
      }
    }
    if (failed.get() != null) {
      throw new IllegalStateException("could not feed " + workload.topic(), failed.get());
    }
  }

  private Measurement run(Workload workload, boolean passThrough) throws Exception {
    Pipeline pipeline =
        PipelineFile.read(
            "bench",
            workload.pipeline("bench-" + runs++, bootstrap),
            List.of(),
            name -> Optional.empty(),
            new LearnerRegistry(WholeJob.class.getClassLoader()));
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
          .sinkTo(new KafkaSinks(pipeline, sinks).predictions(pipeline.learners().get(0)))
          .uid("predictions");
    } else {
      KafkaJob.define(environment, pipeline, sinks, PARALLELISM);
    }
    JobClient job = environment.executeAsync();
    try {
      return measure(
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
    environment.configure(
        FlinkSettings.of(pipeline, configuration), WholeJob.class.getClassLoader());
    return environment;
  }

  private Measurement measure(String topic, long rows, JobClient job)
      throws ExecutionException, InterruptedException {
    long from = await(topic, rows / 10, job);
    long time = System.nanoTime();
    long cpu = cpuNanos();
    long until = await(topic, rows, job);
    return new Measurement(until - from, System.nanoTime() - time, cpuNanos() - cpu);
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** Waits until the topic holds this many records, and returns how many there are. */
  private long await(String topic, long count, JobClient job)
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

  private record Measurement(long records, long nanos, long cpuNanos) {
    double perSecond() {
      return records * 1e9 / nanos;
    }

    double cpuMicros() {
      return cpuNanos / 1e3 / records;
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
