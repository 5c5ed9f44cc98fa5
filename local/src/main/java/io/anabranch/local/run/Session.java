package io.anabranch.local.run;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.local.feed.FeedException;
import io.anabranch.local.feed.Feeder;
import io.anabranch.local.output.Summary;
import io.anabranch.local.view.RateMeter;
import io.anabranch.local.view.Screen;
import io.anabranch.local.view.Status;
import io.anabranch.local.view.Status.CheckpointStatus;
import io.anabranch.local.view.Status.LearnerStatus;
import io.anabranch.local.view.SummaryText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches a submitted job until it is to stop, stops it, and sums up. */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int TICKS_PER_LOOK = 5;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final int STOP_ATTEMPTS = 3;
  private static final Duration RESTART_PATIENCE = Duration.ofSeconds(10);
  private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(15);

  private final Pipeline pipeline;
  private final RunHome home;
  private final RunningJob job;
  private final Feeder feeder;
  private final Results results;
  private final String addresses;
  private final RateMeter rate = new RateMeter();
  private long started = System.nanoTime();

  Session(
      Pipeline pipeline,
      RunHome home,
      RunningJob job,
      Feeder feeder,
      Results results,
      String addresses) {
    this.pipeline = pipeline;
    this.home = home;
    this.job = job;
    this.feeder = feeder;
    this.results = results;
    this.addresses = addresses;
  }

  /**
   * Runs to the end.
   *
   * @param completion tells when to stop by itself; empty: only on the signal
   */
  void run(Optional<Completion> completion, Screen screen, StopSignal stop)
      throws RunFailure, InterruptedException {
    Optional<RunFailure> failure = Optional.empty();
    double seconds;
    try {
      awaitTasks(stop);
      started = System.nanoTime();
      feeder.start();
      watch(completion, screen, stop);
      seconds = elapsed().toMillis() / 1e3;
      feeder.close();
      stopInOrder();
    } catch (RunFailure e) {
      seconds = elapsed().toMillis() / 1e3;
      failure = Optional.of(e);
      feeder.close();
      endAfter(e);
    }
    sumUp(seconds, screen, failure);
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private void awaitTasks(StopSignal stop) throws RunFailure, InterruptedException {
    while (!job.allTasksRun()) {
      checkAlive();
      if (stop.await(TICK)) {
        return;
      }
    }
  }

  private void watch(Optional<Completion> completion, Screen screen, StopSignal stop)
      throws RunFailure, InterruptedException {
    for (int tick = 0; !stop.await(TICK); tick++) {
      checkAlive();
      Optional<FeedException> failed = feeder.failure();
      if (failed.isPresent()) {
        throw RunFailure.invalid(failed.get());
      }
      if (completion.isPresent() && completion.get().reached()) {
        return;
      }
      if (tick % TICKS_PER_LOOK == 0) {
        screen.show(status());
      }
    }
  }

  private void checkAlive() throws RunFailure, InterruptedException {
    if (job.status().isGloballyTerminalState()) {
      throw job.ending();
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private Status status() throws RunFailure, InterruptedException {
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
        elapsed(),
        rate.sample(System.nanoTime(), records),
        feeder.progress(),
        learners,
        checkpoint,
        trouble,
        addresses);
  }

  private LearnerStatus learner(String id) {
    return new LearnerStatus(id, results.watch().cumulative(id), results.watch().window(id));
  }

  /**
   * A savepoint can fail for reasons that pass, such as a restart at the same moment. Without one
   * nothing is lost: the next run resumes from the last checkpoint.
   */
  private void stopInOrder() throws RunFailure, InterruptedException {
    for (int attempt = 1; attempt <= STOP_ATTEMPTS; attempt++) {
      checkAlive();
      try {
        job.stop(home.snapshots().toString(), STOP_PATIENCE);
        return;
      } catch (RunFailure e) {
        LOG.warn("attempt {} to stop with a savepoint", attempt, e);
      }
      if (!allTasksRunWithin(RESTART_PATIENCE)) {
        break;
      }
    }
    checkAlive();
    job.cancel(CANCEL_PATIENCE);
  }

  private boolean allTasksRunWithin(Duration patience) throws RunFailure, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!job.allTasksRun()) {
      checkAlive();
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(TICK.toMillis());
    }
    return true;
  }

  /** A job that is not at fault is stopped in order; else what there is of checkpoints stays. */
  private void endAfter(RunFailure failure) throws InterruptedException {
    try {
      if (job.status().isGloballyTerminalState()) {
        return;
      }
      if (failure.status() == RunFailure.INVALID) {
        stopInOrder();
      } else {
        job.cancel(CANCEL_PATIENCE);
      }
    } catch (RunFailure e) {
      LOG.warn("the job was left as it was", e);
    }
  }

  private void sumUp(double seconds, Screen screen, Optional<RunFailure> failure)
      throws RunFailure, InterruptedException {
    try {
      Summary summary = results.finish(seconds);
      screen.print(SummaryText.lines(summary));
      screen.print(results.places());
    } catch (RunFailure e) {
      if (failure.isEmpty()) {
        throw e;
      }
      LOG.warn("there is no summary", e);
    }
  }
}
