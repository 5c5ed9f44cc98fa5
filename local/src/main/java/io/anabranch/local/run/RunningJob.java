package io.anabranch.local.run;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.kafka.common.TopicPartition;

/** A submitted job: what it is doing, and how to end it. */
final class RunningJob {
  private final MiniCluster cluster;
  private final JobID id;
  private Optional<CompletableFuture<String>> savepoint = Optional.empty();

  RunningJob(MiniCluster cluster, JobID id) {
    this.cluster = cluster;
    this.id = id;
  }

  JobID id() {
    return id;
  }

  JobStatus status() throws RunFailure, InterruptedException {
    return answer(cluster.getJobStatus(id));
  }

  /** How many subtasks share the work: most that any task has. */
  int parallelism() throws RunFailure, InterruptedException {
    return graph().getAllVertices().values().stream()
        .mapToInt(AccessExecutionJobVertex::getParallelism)
        .max()
        .orElse(1);
  }

  /** Whether every task processes records. */
  boolean allTasksRun() throws RunFailure, InterruptedException {
    for (AccessExecutionVertex task : graph().getAllExecutionVertices()) {
      if (task.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return status() == JobStatus.RUNNING;
  }

  /** What made the job fail or restart last. */
  Optional<String> lastFailure() throws RunFailure, InterruptedException {
    return Optional.ofNullable(graph().getFailureInfo())
        .map(failure -> Causes.shortest(failure.getException()));
  }

  /** The newest checkpoint that completed in this run. */
  Optional<CompletedCheckpointStats> lastCheckpoint() throws RunFailure, InterruptedException {
    CheckpointStatsSnapshot stats = graph().getCheckpointStatsSnapshot();
    return stats == null
        ? Optional.empty()
        : Optional.ofNullable(stats.getHistory().getLatestCompletedCheckpoint());
  }

  /** The next offset of each partition that was read since the job started or restarted. */
  Map<TopicPartition, Long> positions() {
    return SourcePositions.reading(id);
  }

  /** The same once the job has ended. */
  Map<TopicPartition, Long> lastPositions() {
    return SourcePositions.ended(id);
  }

  /**
   * Takes a savepoint, commits all output, and ends the job. The inputs are not drained: the next
   * run goes on where this one stopped. A savepoint that took too long is still under way: called
   * again, this waits for it.
   *
   * @throws RunFailure when that doesn't work within the time; the job may go on
   */
  void stop(String directory, Duration patience) throws RunFailure, InterruptedException {
    CompletableFuture<String> stopping =
        savepoint
            .filter(before -> !before.isCompletedExceptionally())
            .orElseGet(
                () -> cluster.stopWithSavepoint(id, directory, false, SavepointFormatType.NATIVE));
    savepoint = Optional.of(stopping);
    try {
      stopping.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      cluster.requestJobResult(id).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw RunFailure.failed("the job could not be stopped: " + Causes.shortest(e), e);
    }
  }

  /** Whether the savepoint that it is to end with is complete. */
  boolean isSaved() {
    return savepoint.filter(s -> s.isDone() && !s.isCompletedExceptionally()).isPresent();
  }

  /** Whether it has ended otherwise than with that savepoint. */
  boolean hasFailed() throws RunFailure, InterruptedException {
    // It has finished a moment before its savepoint is told to be complete.
    boolean asked = savepoint.filter(s -> !s.isCompletedExceptionally()).isPresent();
    JobStatus status = status();
    return status.isGloballyTerminalState() && !(asked && status == JobStatus.FINISHED);
  }

  /** Ends the job without a savepoint; its last checkpoint stays. */
  void cancel(Duration patience) throws RunFailure, InterruptedException {
    try {
      cluster.cancelJob(id).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      cluster.requestJobResult(id).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw RunFailure.failed("the job could not be cancelled: " + Causes.shortest(e), e);
    }
  }

  /** Why a job that ended has ended. */
  RunFailure ending() throws RunFailure, InterruptedException {
    JobResult result = answer(cluster.requestJobResult(id));
    return result
        .getSerializedThrowable()
        .map(
            failure ->
                RunFailure.failed(
                    "the job failed: "
                        + Causes.shortest(failure)
                        + "\nOnce the reason is mended, run it again: it goes on from its last"
                        + " checkpoint.",
                    failure))
        .orElseGet(() -> RunFailure.failed("the job was ended from outside (web UI?)"));
  }

  private AccessExecutionGraph graph() throws RunFailure, InterruptedException {
    return answer(cluster.getExecutionGraph(id));
  }

  private static <T> T answer(CompletableFuture<T> answer) throws RunFailure, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw RunFailure.failed("Flink does not answer: " + Causes.shortest(e), e);
    }
  }
}
