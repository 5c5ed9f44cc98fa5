package io.anabranch.cluster.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/** A job as the leading JobManager describes it. */
public final class Job {
  private final FlinkCluster cluster;
  private final String id;

  /** The job of an id. */
  public Job(FlinkCluster cluster, String id) {
    this.cluster = cluster;
    this.id = id;
  }

  /** The id. */
  public String id() {
    return id;
  }

  /**
   * How checkpointing stands.
   *
   * @param completed the id of the newest completed checkpoint since the JobManager took over; 0 =
   *     none
   * @param inProgress how many are under way
   * @param restored the id of the checkpoint last restored; 0 = none
   * @param restoredAt when that was, epoch ms
   */
  public record Checkpoints(long completed, int inProgress, long restored, long restoredAt) {}

  /** How checkpointing stands; empty while nobody can say. */
  public Optional<Checkpoints> checkpoints() {
    return cluster
        .rest("/jobs/" + id + "/checkpoints")
        .map(
            answer -> {
              JsonNode latest = answer.path("latest");
              return new Checkpoints(
                  latest.path("completed").path("id").asLong(),
                  answer.path("counts").path("in_progress").asInt(),
                  latest.path("restored").path("id").asLong(),
                  latest.path("restored").path("restore_timestamp").asLong());
            });
  }

  /** The status, such as {@code RUNNING}; empty while nobody can say. */
  public Optional<String> status() {
    return cluster.rest("/jobs/" + id).map(answer -> answer.path("state").asText());
  }

  /** Whether every task is running. */
  public boolean running() {
    Optional<JsonNode> answer = cluster.rest("/jobs/" + id);
    if (answer.isEmpty() || !answer.get().path("state").asText().equals("RUNNING")) {
      return false;
    }
    for (JsonNode vertex : answer.get().path("vertices")) {
      if (!vertex.path("status").asText().equals("RUNNING")) {
        return false;
      }
    }
    return true;
  }

  /** The greatest parallelism of a vertex; empty while nobody can say. */
  public OptionalLong parallelism() {
    Optional<JsonNode> answer = cluster.rest("/jobs/" + id);
    if (answer.isEmpty()) {
      return OptionalLong.empty();
    }
    long most = 0;
    for (JsonNode vertex : answer.get().path("vertices")) {
      most = Math.max(most, vertex.path("parallelism").asLong());
    }
    return OptionalLong.of(most);
  }
}
