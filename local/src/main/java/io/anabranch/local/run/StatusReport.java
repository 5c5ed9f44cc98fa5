package io.anabranch.local.run;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.local.feed.Feeder;
import io.anabranch.local.view.RateMeter;
import io.anabranch.local.view.Status;
import io.anabranch.local.view.Status.CheckpointStatus;
import io.anabranch.local.view.Status.LearnerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;

/** Gathers how a run is from all that take part in it. */
final class StatusReport {
  private final Pipeline pipeline;
  private final RunningJob job;
  private final Feeder feeder;
  private final Results results;
  private final String addresses;
  private final BrokerWatch brokers;
  private final RateMeter rate = new RateMeter();

  StatusReport(
      Pipeline pipeline,
      RunningJob job,
      Feeder feeder,
      Results results,
      String addresses,
      BrokerWatch brokers) {
    this.pipeline = pipeline;
    this.job = job;
    this.feeder = feeder;
    this.results = results;
    this.addresses = addresses;
    this.brokers = brokers;
  }

  /** The status now. */
  Status at(Duration elapsed) throws RunFailure, InterruptedException {
    List<LearnerStatus> learners =
        pipeline.learners().stream().map(LearnerEntry::id).map(this::learner).toList();
    long records =
        learners.stream()
            .flatMap(l -> l.cumulative().stream())
            .mapToLong(l -> l.count("records"))
            .max()
            .orElse(0);
    Optional<CheckpointStatus> checkpoint =
        job.lastCheckpoint()
            .map(
                c ->
                    new CheckpointStatus(
                        Duration.ofMillis(
                            Math.max(0, System.currentTimeMillis() - c.getLatestAckTimestamp())),
                        c.getStateSize()));
    Optional<String> trouble =
        job.status() == JobStatus.RUNNING && job.allTasksRun()
            ? Optional.empty()
            : Optional.of(job.lastFailure().orElse("tasks are starting"));
    return new Status(
        pipeline.name(),
        pipeline.target().field(),
        job.parallelism(),
        elapsed,
        rate.sample(System.nanoTime(), records),
        feeder.progress(),
        learners,
        checkpoint,
        results.deadLetters().last(),
        brokers.outage(),
        trouble,
        addresses);
  }

  private LearnerStatus learner(String id) {
    return new LearnerStatus(
        id,
        results.watch().cumulative(id),
        results.watch().window(id),
        LearnerGauges.of(job.id(), id, System.currentTimeMillis()));
  }
}
