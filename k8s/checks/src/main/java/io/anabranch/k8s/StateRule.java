package io.anabranch.k8s;

import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.StateBackendOptions;

/** What is learned survives upgrades, the loss of JobManagers, and the deletion of the cluster. */
final class StateRule implements Rule {
  private static final String UPGRADE = "spec.job.upgradeMode";

  @Override
  public void check(Overlay overlay, Findings findings) {
    overlay.flinkJobs().forEach(job -> check(job, findings));
  }

  private void check(FlinkJob job, Findings findings) {
    Configuration options = job.configuration();
    String mode = job.at("/spec/job/upgradeMode").asText("stateless");
    if (mode.equals("stateless")) {
      findings.add(this, job.manifest(), UPGRADE + " must keep what was learned, got " + mode);
    }
    String highAvailability = options.get(HighAvailabilityOptions.HA_MODE);
    if (!highAvailability.toLowerCase(Locale.ROOT).equals("kubernetes")) {
      findings.add(
          this,
          job.manifest(),
          HighAvailabilityOptions.HA_MODE.key()
              + " must be kubernetes for upgrade mode "
              + mode
              + ", got "
              + highAvailability);
    }
    for (ConfigOption<String> place :
        List.of(
            HighAvailabilityOptions.HA_STORAGE_PATH,
            CheckpointingOptions.CHECKPOINTS_DIRECTORY,
            CheckpointingOptions.SAVEPOINT_DIRECTORY)) {
      place(job, place, findings);
    }
    if (!options.get(StateBackendOptions.STATE_BACKEND).equals("rocksdb")
        || !options.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)) {
      findings.add(this, job.manifest(), "state must be in RocksDB with incremental checkpoints");
    }
    if (options.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION)
        != ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION) {
      findings.add(this, job.manifest(), "checkpoints must be retained on cancellation");
    }
    if (options.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS) < 3) {
      findings.add(
          this,
          job.manifest(),
          CheckpointingOptions.MAX_RETAINED_CHECKPOINTS.key()
              + " must be >= 3, got "
              + options.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS));
    }
  }

  /** On object storage, or on a volume that all pods mount. */
  private void place(FlinkJob job, ConfigOption<String> option, Findings findings) {
    String place = job.configuration().getOptional(option).orElse("");
    boolean mounted =
        place.startsWith("file:///")
            && job.container().stream()
                .flatMap(container -> FlinkJob.stream(container.path("volumeMounts")))
                .map(mount -> "file://" + mount.path("mountPath").asText() + "/")
                .anyMatch(place::startsWith);
    if (!mounted && !place.matches("(s3|s3a|gs|abfss|wasbs|oss)://.+")) {
      findings.add(
          this,
          job.manifest(),
          option.key() + " must be on object storage or a mounted volume, got '" + place + "'");
    }
  }
}
