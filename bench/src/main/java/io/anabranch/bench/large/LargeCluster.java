package io.anabranch.bench.large;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** One TaskManager in this process that runs one job at a time. */
final class LargeCluster implements AutoCloseable {
  private final MiniCluster cluster;

  private LargeCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static LargeCluster start(Configuration configuration) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(LargeJob.PARALLELISM)
                .build());
    cluster.start();
    return new LargeCluster(cluster);
  }

  JobID submit(JobGraph graph) throws Exception {
    cluster.submitJob(graph).get();
    return graph.getJobID();
  }

  JobID restore(JobGraph graph, String checkpoint) throws Exception {
    graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(checkpoint, false));
    return submit(graph);
  }

  CompletedCheckpointStats checkpoint(JobID job) throws Exception {
    cluster.triggerCheckpoint(job, CheckpointType.CONFIGURED).get();
    return lastCheckpoint(job).orElseThrow();
  }

  Optional<CompletedCheckpointStats> lastCheckpoint(JobID job) throws Exception {
    return Optional.ofNullable(checkpoints(job).getHistory().getLatestCompletedCheckpoint());
  }

  /** How many are complete. */
  long checkpointCount(JobID job) throws Exception {
    return checkpoints(job).getCounts().getNumberOfCompletedCheckpoints();
  }

  private CheckpointStatsSnapshot checkpoints(JobID job) throws Exception {
    return cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
  }

  /** Waits until so many were counted, for as long as the job runs. */
  void await(JobID job, LongAdder counter, long count) throws Exception {
    while (counter.sum() < count) {
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

  void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get();
    while (cluster.getJobStatus(job).get() != JobStatus.CANCELED) {
      Thread.sleep(50);
    }
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } catch (Exception e) {
      throw new IllegalStateException("the cluster did not stop", e);
    }
  }

  /** Megabytes of heap that are left after a collection. */
  static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  /** Megabytes of the whole process, at most up to now. */
  static long mostOfProcess() throws Exception {
    String kilobytes =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .map(line -> line.replaceAll("\\D", ""))
            .findFirst()
            .orElse("0");
    return Long.parseLong(kilobytes) >> 10;
  }
}
