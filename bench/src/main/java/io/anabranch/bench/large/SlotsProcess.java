package io.anabranch.bench.large;

import io.anabranch.operators.exchange.CoordinateLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobGraph;

/** A job that touches every coordinate, in a process that {@link Slots} has bounded. */
public final class SlotsProcess {
  private static final LongAdder PREDICTED = new LongAdder();

  private final int bits;
  private final Configuration configuration;
  private final LargeCluster cluster;

  private SlotsProcess(int bits, Configuration configuration, LargeCluster cluster) {
    this.bits = bits;
    this.configuration = configuration;
    this.cluster = cluster;
  }

  /** Runs; the arguments are the hash bits and a directory for checkpoints. */
  public static void main(String[] arguments) throws Exception {
    int bits = Integer.parseInt(arguments[0]);
    Configuration configuration =
        LargeJob.configuration(Path.of(arguments[1]).toUri().toString(), Duration.ofHours(1));
    try (LargeCluster cluster = LargeCluster.start(configuration)) {
      new SlotsProcess(bits, configuration, cluster).run();
    }
    System.exit(0);
  }

  private JobGraph graph() {
    return new LargeJob(
            bits,
            CoordinateLimits.NONE,
            new SlotRows(bits),
            record -> {
              PREDICTED.increment();
              return record.version();
            },
            block -> block.version())
        .graph(configuration);
  }

  private void run() throws Exception {
    long begun = System.nanoTime();
    JobID job = cluster.submit(graph());
    cluster.await(job, PREDICTED, 2L * (1 << bits) / SlotRows.FEATURES);
    say("each of 2^%d coordinates twice, after %.0f s: %s", bits, seconds(begun), memory());
    for (int i = 0; i < 2; i++) {
      CompletedCheckpointStats checkpoint = cluster.checkpoint(job);
      say(
          "checkpoint: state %,d MB, new in it %,d MB, %,d ms; %s",
          checkpoint.getStateSize() >> 20,
          checkpoint.getCheckpointedSize() >> 20,
          checkpoint.getEndToEndDuration(),
          memory());
    }
    cluster.cancel(job);
    say("cancelled; %s", memory());
    restore(cluster.lastCheckpoint(job).orElseThrow().getExternalPath());
  }

  private void restore(String path) throws Exception {
    PREDICTED.reset();
    long begun = System.nanoTime();
    JobID job = cluster.restore(graph(), path);
    cluster.await(job, PREDICTED, 1);
    say("restored: the first prediction after %.1f s; %s", seconds(begun), memory());
    cluster.await(job, PREDICTED, 1 << bits >> 5);
    say("learning on; %s", memory());
    cluster.cancel(job);
  }

  private static String memory() throws Exception {
    return String.format(
        Locale.ROOT,
        "heap %,d MB after GC, process %,d MB at most",
        LargeCluster.heap(),
        LargeCluster.mostOfProcess());
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void say(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }
}
