package io.anabranch.bench.large;

import io.anabranch.bench.Checkpoints;
import io.anabranch.bench.JobMetrics;
import io.anabranch.bench.Measurement;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.metrics.LearningMetric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;

/** A job that learns from ever new values, in a process that {@link Large} has bounded. */
public final class NewIdsProcess {
  private static final int BITS = 24;
  private static final int LOOKS = 10;
  private static final Duration CHECKPOINTS = Duration.ofSeconds(5);

  private static final String HEAD =
      """
                    model                 heap process   last checkpoint         topic
          new ids   coordinates      MB     MB      MB  all MB new MB sync ms  MB each  \
         admitted      refused     expired  log loss  too much""";

  private final long rows;
  private final Configuration configuration;
  private final LargeCluster cluster;
  private final LargeJob learning;

  private JobID job;
  private long checkpoints;
  private long topicBytes;
  private NewIdLosses.Sums losses = NewIdLosses.Sums.now();

  private NewIdsProcess(
      long rows, Configuration configuration, LargeCluster cluster, LargeJob learning)
      throws Exception {
    this.rows = rows;
    this.configuration = configuration;
    this.cluster = cluster;
    this.learning = learning;
    job = cluster.submit(learning.graph(configuration));
  }

  /**
   * Runs; the arguments are how many new values pass, admit.count, the milliseconds of expire (0 =
   * never), and a directory for checkpoints.
   */
  public static void main(String[] arguments) throws Exception {
    long rows = Long.parseLong(arguments[0]) / NewIds.NEW;
    CoordinateLimits limits =
        new CoordinateLimits(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
    Configuration configuration =
        LargeJob.configuration(Path.of(arguments[3]).toUri().toString(), CHECKPOINTS);
    LargeJob learning =
        new LargeJob(
            BITS,
            limits,
            new NewIdRows(BITS, Large.NEW_IDS_PER_SECOND / NewIds.NEW),
            new NewIdLosses(),
            new ModelsTopicCopy());
    try (LargeCluster cluster = LargeCluster.start(configuration)) {
      new NewIdsProcess(rows, configuration, cluster, learning).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    System.out.println(HEAD);
    long begun = System.nanoTime();
    for (int look = 1; look <= LOOKS; look++) {
      cluster.await(job, NewIdLosses.PREDICTED, rows * look / LOOKS);
      look();
    }
    System.out.printf(
        Locale.ROOT,
        "%.0f s, %.1f us of CPU time per row, %,d checkpoints%n",
        (System.nanoTime() - begun) / 1e9,
        Measurement.processCpuNanos() / 1e3 / rows,
        checkpoints);
    restore();
  }

  private void restore() throws Exception {
    cluster.cancel(job);
    String last = cluster.lastCheckpoint(job).orElseThrow().getExternalPath();
    long before = NewIdLosses.PREDICTED.sum();
    long begun = System.nanoTime();
    job = cluster.restore(learning.graph(configuration), last);
    checkpoints = 0;
    cluster.await(job, NewIdLosses.PREDICTED, before + 1);
    System.out.printf(
        Locale.ROOT,
        "restored, first predictions after %.1f s%n",
        (System.nanoTime() - begun) / 1e9);
    losses = NewIdLosses.Sums.now();
    cluster.await(job, NewIdLosses.PREDICTED, before + rows / LOOKS);
    look();
    cluster.cancel(job);
  }

  private void look() throws Exception {
    NewIdLosses.Sums lossesNow = NewIdLosses.Sums.now();
    long topicBytesNow = ModelsTopicCopy.bytes();
    long checkpointsNow = cluster.checkpointCount(job);
    CompletedCheckpointStats checkpoint =
        checkpointsNow == 0 ? cluster.checkpoint(job) : cluster.lastCheckpoint(job).orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%,12d %,12d %7d %6d %7d %7d %6d %7d %8.1f %,10d %,12d %,11d %9.5f %9.5f%n",
        lossesNow.predicted() * NewIds.NEW,
        ModelsTopicCopy.modelCoordinates(),
        JobMetrics.sum(LearningMetric.MODEL_BYTES) >> 20,
        LargeCluster.heap(),
        LargeCluster.mostOfProcess(),
        checkpoint.getStateSize() >> 20,
        checkpoint.getCheckpointedSize() >> 20,
        Checkpoints.longestSync(checkpoint),
        (topicBytesNow - topicBytes) / 1e6 / Math.max(1, checkpointsNow - checkpoints),
        JobMetrics.count(LearningMetric.COORDINATES_ADMITTED),
        JobMetrics.count(LearningMetric.COORDINATES_REFUSED),
        JobMetrics.count(LearningMetric.COORDINATES_EXPIRED),
        lossesNow.meanLossSince(losses),
        lossesNow.meanExcessSince(losses));
    checkpoints = checkpointsNow;
    topicBytes = topicBytesNow;
    losses = lossesNow;
  }
}
