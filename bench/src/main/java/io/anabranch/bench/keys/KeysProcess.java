package io.anabranch.bench.keys;

import io.anabranch.bench.Checkpoints;
import io.anabranch.bench.JobMetrics;
import io.anabranch.bench.Measurement;
import io.anabranch.operators.metrics.LearningMetric;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** One plan, carried out in a process of its own. Says what it does in lines of text. */
public final class KeysProcess {
  private static final int LOOKS = 8;
  private static final long LOOK_MILLIS = 10_000;

  private final KeyPlan plan;
  private final KeyJob job;
  private final MiniCluster cluster;

  // When this program had the heap collected, which stops everything: from, to; milliseconds.
  private final List<long[]> collections = new ArrayList<>();

  private KeysProcess(KeyPlan plan, MiniCluster cluster) {
    this.plan = plan;
    this.job = new KeyJob(plan);
    this.cluster = cluster;
  }

  /** Runs a plan. */
  public static void main(String[] arguments) throws Exception {
    KeyPlan plan = KeyPlan.of(arguments);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(new KeyJob(plan).configuration())
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(KeyJob.PARALLELISM)
                .build());
    cluster.start();
    new KeysProcess(plan, cluster).run();
    System.exit(0);
  }

  private void run() throws Exception {
    JobGraph learning = job.learning();
    cluster.submitJob(learning).get();
    JobID id = learning.getJobID();
    long begun = System.nanoTime();
    await(id, plan.keys());
    say("%,d new keys in %.0f s, heap after GC %,d MB", plan.keys(), seconds(begun), heap());
    await(id, plan.keys() + plan.records());
    KeyCosts before = KeyCosts.now();
    long from = KeyJob.PREDICTED.sum();
    long time = System.nanoTime();
    long cpu = Measurement.processCpuNanos();
    await(id, from + plan.records());
    Measurement measured =
        new Measurement(
            KeyJob.PREDICTED.sum() - from,
            System.nanoTime() - time,
            Measurement.processCpuNanos() - cpu);
    System.out.println(measured.line());
    say("%s", KeyCosts.now().perRecord(before, measured.records()));
    if (plan.soak()) {
      soak(id);
    }
    checkpoints(id, "at full speed", 0);
    if (plan.soak()) {
      double rate = measured.perSecond() * 2 / 3;
      long slower = System.currentTimeMillis();
      KeyRows.limit(rate, KeyJob.PARALLELISM);
      soak(id);
      checkpoints(id, String.format(Locale.ROOT, "at %,.0f records/s", rate), slower);
      KeyRows.limit(Double.POSITIVE_INFINITY, KeyJob.PARALLELISM);
    }
    String last = snapshot(id).getHistory().getLatestCompletedCheckpoint().getExternalPath();
    cluster.cancelJob(id).get();
    while (cluster.getJobStatus(id).get() != JobStatus.CANCELED) {
      Thread.sleep(50);
    }
    if (plan.soak()) {
      restore(last);
    }
  }

  private void soak(JobID id) throws Exception {
    for (int look = 0; look < LOOKS; look++) {
      Thread.sleep(LOOK_MILLIS);
      requireRunning(id);
      say(
          "after %,12d records: heap after GC %,d MB; expired %,d, evicted %,d",
          KeyJob.PREDICTED.sum(),
          heap(),
          JobMetrics.count(LearningMetric.MODELS_EXPIRED),
          JobMetrics.count(LearningMetric.MODELS_EVICTED));
    }
  }

  /** The last checkpoints, of which Flink remembers ten, that were triggered no earlier than so. */
  private void checkpoints(JobID id, String speed, long since) throws Exception {
    List<Long> parts = new ArrayList<>();
    int stopped = 0;
    for (AbstractCheckpointStats checkpoint : snapshot(id).getHistory().getCheckpoints()) {
      if (!(checkpoint instanceof CompletedCheckpointStats completed)
          || completed.getTriggerTimestamp() < since) {
        continue;
      }
      if (wasStopped(completed)) {
        stopped++;
      } else {
        parts.addAll(Checkpoints.syncParts(completed));
      }
    }
    Collections.sort(parts);
    CompletedCheckpointStats last = snapshot(id).getHistory().getLatestCompletedCheckpoint();
    say(
        "%s: synchronous parts of checkpoints in milliseconds, each subtask's: %s; left out %d"
            + " checkpoints beside which this program had the heap collected; longest write-back"
            + " before any %.0f ms; the last one: %,d MB in all, %,d MB new, %,d ms",
        speed,
        parts,
        stopped,
        JobMetrics.longestMillis(LearningMetric.WRITE_BACK_SECONDS),
        last.getStateSize() >> 20,
        last.getCheckpointedSize() >> 20,
        last.getEndToEndDuration());
  }

  private boolean wasStopped(CompletedCheckpointStats checkpoint) {
    long from = checkpoint.getTriggerTimestamp();
    long to = from + checkpoint.getEndToEndDuration();
    return collections.stream().anyMatch(times -> times[0] <= to && times[1] >= from);
  }

  private CheckpointStatsSnapshot snapshot(JobID id) throws Exception {
    return cluster.getExecutionGraph(id).get().getCheckpointStatsSnapshot();
  }

  /** Asks every key once, out of the last checkpoint. */
  private void restore(String checkpoint) throws Exception {
    JobGraph asking = job.asking();
    asking.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(checkpoint, true));
    KeyJob.PREDICTED.reset();
    KeyJob.KNOWN.reset();
    long begun = System.nanoTime();
    cluster.submitJob(asking).get();
    while (KeyJob.PREDICTED.sum() == 0) {
      Thread.sleep(10);
    }
    double restored = seconds(begun);
    cluster
        .requestJobResult(asking.getJobID())
        .get()
        .toJobExecutionResult(getClass().getClassLoader());
    say(
        "restored after %.1f s; %,d of %,d models read in %.0f s more",
        restored, KeyJob.KNOWN.sum(), plan.keys(), seconds(begun) - restored);
  }

  private void await(JobID id, long count) throws Exception {
    while (KeyJob.PREDICTED.sum() < count) {
      requireRunning(id);
      Thread.sleep(20);
    }
  }

  private void requireRunning(JobID id) throws ExecutionException, InterruptedException {
    if (cluster.getJobStatus(id).get().isGloballyTerminalState()) {
      throw new IllegalStateException("the job ended");
    }
  }

  private long heap() {
    long from = System.currentTimeMillis();
    System.gc();
    collections.add(new long[] {from, System.currentTimeMillis()});
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private static void say(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, "  " + format + "%n", arguments);
  }
}
