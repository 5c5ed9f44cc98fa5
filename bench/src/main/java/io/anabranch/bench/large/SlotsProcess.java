package io.anabranch.bench.large;

import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.shared.ExchangeSettings;
import io.anabranch.operators.shared.SharedSpec;
import io.anabranch.operators.shared.SharedTraining;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A job that touches every coordinate, in a process that {@link Slots} has bounded. */
public final class SlotsProcess {
  static final int MANAGED_MEGABYTES = 512;

  private static final int PARALLELISM = 2;
  private static final LongAdder PREDICTED = new LongAdder();

  private final MiniCluster cluster;
  private final int bits;
  private final String checkpoints;

  private SlotsProcess(MiniCluster cluster, int bits, String checkpoints) {
    this.cluster = cluster;
    this.bits = bits;
    this.checkpoints = checkpoints;
  }

  /** Runs; the arguments are the hash bits and a directory for checkpoints. */
  public static void main(String[] arguments) throws Exception {
    int bits = Integer.parseInt(arguments[0]);
    String checkpoints = Path.of(arguments[1]).toUri().toString();
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration(checkpoints))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(PARALLELISM)
                .build());
    cluster.start();
    new SlotsProcess(cluster, bits, checkpoints).run();
    System.exit(0);
  }

  private static Configuration configuration(String checkpoints) {
    return new Configuration()
        .set(StateBackendOptions.STATE_BACKEND, "rocksdb")
        .set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM)
        .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(MANAGED_MEGABYTES))
        .set(RestOptions.BIND_PORT, "0")
        .set(RestartStrategyOptions.RESTART_STRATEGY, "none")
        .set(PipelineOptions.OBJECT_REUSE, true)
        .set(PipelineOptions.GENERIC_TYPES, false)
        .set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true)
        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints)
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1))
        .set(
            CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
            ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
  }

  private JobGraph graph() {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(checkpoints));
    environment.setMaxParallelism(128);
    SingleOutputStreamOperator<io.anabranch.models.data.Example> rows =
        environment
            .fromSequence(0, Long.MAX_VALUE / 4)
            .uid("numbers")
            .map(new SlotRows(bits))
            .returns(RecordTypes.EXAMPLE)
            .uid("rows");
    LearnerStreams streams =
        SharedTraining.attach(
            rows,
            new SharedSpec(
                "lr",
                "logistic-regression",
                new LearnerSettings(Target.binary("1"), bits, Map.of(), 1),
                ExchangeSettings.DEFAULT,
                1_000,
                Holdout.NONE,
                "trainers",
                PARALLELISM));
    streams
        .predictions()
        .map(
            record -> {
              PREDICTED.increment();
              return record.version();
            })
        .returns(Types.LONG)
        .uid("count")
        .sinkTo(new DiscardingSink<>())
        .uid("predictions");
    streams.metrics().sinkTo(new DiscardingSink<>()).uid("metrics");
    streams.blocks().sinkTo(new DiscardingSink<>()).uid("blocks");
    streams.manifestParts().sinkTo(new DiscardingSink<>()).uid("parts");
    return environment.getStreamGraph().getJobGraph();
  }

  private void run() throws Exception {
    JobGraph graph = graph();
    JobID job = graph.getJobID();
    long begun = System.nanoTime();
    cluster.submitJob(graph).get();
    await(job, 2L * (1 << bits) / SlotRows.FEATURES);
    say("each of 2^%d coordinates twice, after %.0f s: %s", bits, seconds(begun), memory());
    for (int i = 0; i < 2; i++) {
      cluster.triggerCheckpoint(job, CheckpointType.CONFIGURED).get();
      CompletedCheckpointStats checkpoint = last(job);
      say(
          "checkpoint: state %,d MB, new in it %,d MB, %,d ms; %s",
          checkpoint.getStateSize() >> 20,
          checkpoint.getCheckpointedSize() >> 20,
          checkpoint.getEndToEndDuration(),
          memory());
    }
    String path = last(job).getExternalPath();
    cluster.cancelJob(job).get();
    while (cluster.getJobStatus(job).get() != JobStatus.CANCELED) {
      Thread.sleep(50);
    }
    say("cancelled; %s", memory());
    restore(path);
  }

  private void restore(String path) throws Exception {
    JobGraph graph = graph();
    graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(path, false));
    PREDICTED.reset();
    long begun = System.nanoTime();
    cluster.submitJob(graph).get();
    await(graph.getJobID(), 1);
    say("restored: the first prediction after %.1f s; %s", seconds(begun), memory());
    await(graph.getJobID(), 1 << bits >> 5);
    say("learning on; %s", memory());
    cluster.cancelJob(graph.getJobID()).get();
  }

  private CompletedCheckpointStats last(JobID job) throws Exception {
    return cluster
        .getExecutionGraph(job)
        .get()
        .getCheckpointStatsSnapshot()
        .getHistory()
        .getLatestCompletedCheckpoint();
  }

  private void await(JobID job, long count) throws Exception {
    while (PREDICTED.sum() < count) {
      if (cluster.getJobStatus(job).get().isGloballyTerminalState()) {
        cluster
            .requestJobResult(job)
            .get()
            .toJobExecutionResult(getClass().getClassLoader()); // throws what it ended with
        throw new IllegalStateException("the job ended");
      }
      Thread.sleep(20);
    }
  }

  /** Heap now, after collection; the most of the whole process so far. */
  private static String memory() throws Exception {
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    String resident =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .map(line -> line.replaceAll("\\D", ""))
            .findFirst()
            .orElse("0");
    return String.format(
        Locale.ROOT,
        "heap %,d MB after GC, process %,d MB at most",
        used >> 20,
        Long.parseLong(resident) >> 10);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void say(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }
}
