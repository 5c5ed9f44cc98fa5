package io.anabranch.k8s;

import java.util.Optional;
import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * Parallelism fits slots, TaskManagers and partitions, and nobody scales trainers apart from the
 * operators that bring their weights back.
 */
final class ScalingRule implements Rule {
  private static final int KEY_GROUPS = 128;

  @Override
  public void check(Overlay overlay, Findings findings) {
    overlay.flinkJobs().forEach(job -> check(overlay, job, findings));
  }

  private void check(Overlay overlay, FlinkJob job, Findings findings) {
    int parallelism = job.at("/spec/job/parallelism").asInt();
    int slots = job.configuration().get(TaskManagerOptions.NUM_TASK_SLOTS);
    if (parallelism < 1 || parallelism > KEY_GROUPS) {
      findings.add(
          this,
          job.manifest(),
          "spec.job.parallelism must be between 1 and " + KEY_GROUPS + ", got " + parallelism);
    }
    if (parallelism % slots != 0) {
      findings.add(
          this,
          job.manifest(),
          "spec.job.parallelism must fill TaskManagers of "
              + slots
              + " slots, got "
              + parallelism
              + ": memory of the others would lie idle");
    }
    if (job.configuration().get(AutoScalerOptions.AUTOSCALER_ENABLED)
        && job.configuration().get(AutoScalerOptions.VERTEX_EXCLUDE_IDS).isEmpty()) {
      findings.add(
          this,
          job.manifest(),
          AutoScalerOptions.AUTOSCALER_ENABLED.key()
              + " must be false, or trainers and receivers excluded:"
              + " they cannot be scaled one without the other");
    }
    Optional<Manifest> features = overlay.find("KafkaTopic", job.manifest().name() + ".features");
    int partitions = features.map(topic -> topic.tree().at("/spec/partitions").asInt()).orElse(0);
    if (partitions < parallelism) {
      findings.add(
          this,
          job.manifest(),
          "spec.job.parallelism must be <= the partitions of its features topic, "
              + partitions
              + ", got "
              + parallelism
              + ": trainers without a partition learn nothing");
    }
  }
}
