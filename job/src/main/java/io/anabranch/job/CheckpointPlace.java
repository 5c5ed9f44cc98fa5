package io.anabranch.job;

import io.anabranch.job.kafka.StartException;
import io.anabranch.job.pipeline.Pipeline;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;

/** Where checkpoints go: {@code checkpoint.dir} is a path in the local runner, a URI anywhere. */
final class CheckpointPlace {
  private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:/.*");

  private CheckpointPlace() {}

  /** Whether every machine of a cluster understands it alike. */
  static boolean isUri(String dir) {
    return URI.matcher(dir).matches();
  }

  /**
   * Refuses a path: each machine of a cluster would look for it in another place. Where the cluster
   * has a checkpoint directory of its own, that one is used.
   */
  static void requireForCluster(Pipeline pipeline, ReadableConfig cluster) throws StartException {
    String key = CheckpointingOptions.CHECKPOINTS_DIRECTORY.key();
    if (!isUri(pipeline.checkpoint().dir())
        && !pipeline.flink().containsKey(key)
        && cluster.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isEmpty()) {
      throw new StartException(
          "checkpoint.dir must be a URI on a cluster, such as s3://bucket/checkpoints, got '"
              + pipeline.checkpoint().dir()
              + "'; or configure "
              + key
              + " for the cluster");
    }
  }
}
