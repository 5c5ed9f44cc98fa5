package io.anabranch.job.kafka;

import io.anabranch.job.pipeline.Pipeline;
import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.MemberDescription;

/**
 * Whose turn it is when several runs of a pipeline are there at once: that of the run that was
 * defined first.
 *
 * @param pipeline what is run
 * @param defined when the job was defined, epoch ms; restarts do not change it
 */
public record RunTurn(Pipeline pipeline, long defined) implements Serializable {

  /** The turn of a job that is defined now. */
  public static RunTurn now(Pipeline pipeline) {
    return new RunTurn(pipeline, System.currentTimeMillis());
  }

  /** By which name a job is a member of the lease's group. */
  String member(JobID job) {
    return new RunLease(pipeline).member(defined, job);
  }

  /**
   * Waits until no run goes before: what follows would harm it.
   *
   * @throws SuppressRestartsException when one still does after the lease's patience
   */
  void await(JobID job) {
    RunLease lease = new RunLease(pipeline);
    try (Broker broker = Broker.of(pipeline.kafka(), RunLease.PATIENCE)) {
      Optional<MemberDescription> before = lease.before(broker, member(job));
      while (before.isPresent()) {
        if (!broker.pause()) {
          throw new SuppressRestartsException(lease.refusal(before.get()));
        }
        before = lease.before(broker, member(job));
      }
    } catch (StartException e) {
      throw new FlinkRuntimeException(
          "who else runs " + pipeline.name() + " can't be told: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkRuntimeException("interrupted while waiting for an earlier run", e);
    }
  }
}
