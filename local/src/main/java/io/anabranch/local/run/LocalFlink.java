package io.anabranch.local.run;

import java.net.BindException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Flink cluster in this process, with its web UI. */
final class LocalFlink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFlink.class);
  private static final int CLOSE_SECONDS = 20;

  private final MiniCluster cluster;
  private final URI webUi;

  private LocalFlink(MiniCluster cluster, URI webUi) {
    this.cluster = cluster;
    this.webUi = webUi;
  }

  static LocalFlink start(Configuration settings, int slots)
      throws RunFailure, InterruptedException {
    MiniClusterConfiguration configuration =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(settings)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(slots)
            .build();
    MiniCluster cluster = new MiniCluster(configuration);
    try {
      cluster.start();
      return new LocalFlink(cluster, cluster.getRestAddress().get());
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      closeQuietly(cluster);
      if (ExceptionUtils.findThrowable(e, BindException.class).isPresent()) {
        throw RunFailure.failed(
            "no free port for Flink's web UI: "
                + settings.get(RestOptions.BIND_PORT)
                + " is taken; choose another one under flink: {rest.port: N}",
            e);
      }
      throw RunFailure.failed("Flink cannot start: " + Causes.shortest(e), e);
    }
  }

  /** The address of the web UI. */
  URI webUi() {
    return webUi;
  }

  RunningJob submit(JobGraph job) throws RunFailure, InterruptedException {
    try {
      cluster.submitJob(job).get();
      return new RunningJob(cluster, job.getJobID());
    } catch (ExecutionException e) {
      throw RunFailure.failed("Flink refused the job: " + Causes.shortest(e), e);
    }
  }

  @Override
  public void close() {
    closeQuietly(cluster);
  }

  private static void closeQuietly(MiniCluster cluster) {
    try {
      cluster.closeAsync().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Flink did not shut down cleanly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
