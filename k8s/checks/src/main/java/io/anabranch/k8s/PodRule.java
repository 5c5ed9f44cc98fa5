package io.anabranch.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;

/** Pods run as the image's user with as few rights as they need, and mount what they declare. */
final class PodRule implements Rule {
  private static final int FLINK_USER = 9999;

  @Override
  public void check(Overlay overlay, Findings findings) {
    overlay.flinkJobs().forEach(job -> check(job, findings));
  }

  private void check(FlinkJob job, Findings findings) {
    for (String field : new String[] {"runAsUser", "runAsGroup", "fsGroup"}) {
      int user = job.pod().path("securityContext").path(field).asInt();
      if (user != FLINK_USER) {
        findings.add(
            this,
            job.manifest(),
            "securityContext." + field + " must be " + FLINK_USER + ", got " + user);
      }
    }
    if (job.container().isEmpty()) {
      findings.add(
          this,
          job.manifest(),
          "podTemplate must have a container "
              + FlinkJob.MAIN_CONTAINER
              + ", got "
              + FlinkJob.stream(job.pod().path("containers"))
                  .map(container -> container.path("name").asText())
                  .toList());
      return;
    }
    JsonNode container = job.container().get();
    if (!container.at("/securityContext/capabilities/drop/0").asText().equals("ALL")
        || container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)) {
      findings.add(this, job.manifest(), "the container must give up all privileges");
    }
    if (!container.at("/resources/limits").has("ephemeral-storage")) {
      findings.add(
          this, job.manifest(), "the container must limit ephemeral-storage: RocksDB is on it");
    }
    mounts(job, container, findings);
    secrets(job, container, findings);
  }

  private void mounts(FlinkJob job, JsonNode container, Findings findings) {
    Set<String> volumes =
        FlinkJob.stream(job.pod().path("volumes"))
            .map(volume -> volume.path("name").asText())
            .collect(Collectors.toSet());
    FlinkJob.stream(container.path("volumeMounts"))
        .map(mount -> mount.path("name").asText())
        .filter(mount -> !volumes.contains(mount))
        .forEach(mount -> findings.add(this, job.manifest(), "no volume for mount " + mount));
  }

  private void secrets(FlinkJob job, JsonNode container, Findings findings) {
    FlinkJob.stream(container.path("env"))
        .filter(variable -> variable.has("value"))
        .map(variable -> variable.path("name").asText())
        .filter(name -> name.matches("(?i).*(password|secret|token|jaas|access_key).*"))
        .forEach(
            name ->
                findings.add(
                    this, job.manifest(), "env " + name + " must be a reference to a Secret"));
  }
}
