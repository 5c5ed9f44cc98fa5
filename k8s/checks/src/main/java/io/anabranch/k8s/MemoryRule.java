package io.anabranch.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;

/** Flink's own arithmetic finds room for heap, network and RocksDB in what the pods get. */
final class MemoryRule implements Rule {
  /** Below, RocksDB of one slot spends its time with flushing and reading blocks. */
  private static final MemorySize MANAGED_PER_SLOT = MemorySize.ofMebiBytes(256);

  @Override
  public void check(Overlay overlay, Findings findings) {
    overlay
        .flinkJobs()
        .forEach(
            job -> {
              jobManager(job, findings);
              taskManager(job, findings);
              if (job.container().map(MemoryRule::limitsCpuOrMemory).orElse(false)) {
                findings.add(
                    this,
                    job.manifest(),
                    "CPU and memory must be said by jobManager.resource and taskManager.resource"
                        + " alone, which override the container's");
              }
            });
  }

  private static boolean limitsCpuOrMemory(JsonNode container) {
    return FlinkJob.stream(container.path("resources"))
        .anyMatch(amounts -> amounts.has("cpu") || amounts.has("memory"));
  }

  private void jobManager(FlinkJob job, Findings findings) {
    try {
      Configuration options = job.configuration();
      options.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, memory(job, "jobManager"));
      var unused =
          JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
              options, JobManagerOptions.JVM_HEAP_MEMORY);
    } catch (IllegalConfigurationException | IllegalArgumentException e) {
      findings.add(this, job.manifest(), "spec.jobManager.resource.memory: " + e.getMessage());
    }
  }

  private void taskManager(FlinkJob job, Findings findings) {
    try {
      Configuration options = job.configuration();
      options.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, memory(job, "taskManager"));
      TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(options);
      int slots = options.get(TaskManagerOptions.NUM_TASK_SLOTS);
      MemorySize managed = spec.getManagedMemorySize().divide(slots);
      if (managed.compareTo(MANAGED_PER_SLOT) < 0) {
        findings.add(
            this,
            job.manifest(),
            "managed memory must be >= "
                + MANAGED_PER_SLOT.toHumanReadableString()
                + " per slot, got "
                + managed.toHumanReadableString());
      }
    } catch (IllegalConfigurationException | IllegalArgumentException e) {
      findings.add(this, job.manifest(), "spec.taskManager.resource.memory: " + e.getMessage());
    }
  }

  private static MemorySize memory(FlinkJob job, String process) {
    return MemorySize.parse(job.at("/spec/" + process + "/resource/memory").asText());
  }
}
