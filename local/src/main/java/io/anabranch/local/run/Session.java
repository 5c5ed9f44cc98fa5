package io.anabranch.local.run;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.feed.FeedException;
import io.anabranch.local.feed.Feeder;
import io.anabranch.local.output.Summary;
import io.anabranch.local.view.Outage;
import io.anabranch.local.view.Screen;
import io.anabranch.local.view.SummaryText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches a submitted job until it is to stop, stops it, and sums up. */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int TICKS_PER_LOOK = 5;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final Duration OUTAGE_PATIENCE = Duration.ofSeconds(15);
  private static final int STOP_ATTEMPTS = 3;
  private static final Duration RESTART_PATIENCE = Duration.ofSeconds(10);
  private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(15);

  private final RunHome home;
  private final RunningJob job;
  private final Feeder feeder;
  private final Results results;
  private final String target;
  private final StatusReport statuses;
  private final GroupCommit group;
  private final BrokerWatch brokers;
  private final Optional<Completion> completion;
  private long started = System.nanoTime();

  /**
   * Prepares to watch.
   *
   * @param completion tells when to stop by itself; empty: only on the signal
   */
  Session(
      Pipeline pipeline,
      RunHome home,
      RunningJob job,
      Feeder feeder,
      Results results,
      String addresses,
      GroupCommit group,
      BrokerWatch brokers,
      Optional<Completion> completion) {
    this.home = home;
    this.job = job;
    this.feeder = feeder;
    this.results = results;
    this.target = pipeline.target().field();
    this.statuses = new StatusReport(pipeline, job, feeder, results, addresses, brokers);
    this.group = group;
    this.brokers = brokers;
    this.completion = completion;
  }

  /** Runs to the end. */
  void run(Screen screen, StopSignal stop) throws RunFailure, InterruptedException {
    Optional<RunFailure> failure = Optional.empty();
    try {
      awaitTasks(screen, stop);
      started = System.nanoTime();
      feeder.start();
      watch(screen, stop);
      feeder.close();
      stopJob(screen, stop);
    } catch (RunFailure e) {
      feeder.close();
      endAfter(e);
      Optional<Outage> outage = brokers.outage();
      if (outage.isPresent()) {
        // No figures either: they are read from Kafka.
        throw cutOff(e, outage.get());
      }
      failure = Optional.of(e);
    }
    sumUp(elapsed().toMillis() / 1e3, screen, failure);
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private void awaitTasks(Screen screen, StopSignal stop) throws RunFailure, InterruptedException {
    boolean told = false;
    while (!job.allTasksRun()) {
      checkAlive();
      Optional<Outage> outage = brokers.outage();
      if (outage.isPresent() && !told) {
        screen.print(List.of(outage.get().text() + "; the job waits for it"));
        told = true;
      }
      if (stop.await(TICK)) {
        return;
      }
    }
  }

  private void watch(Screen screen, StopSignal stop) throws RunFailure, InterruptedException {
    for (int tick = 0; !stop.await(TICK); tick++) {
      if (job.isSaved()) {
        return; // the savepoint came after all
      }
      checkAlive();
      Optional<FeedException> failed = feeder.failure();
      if (failed.isPresent()) {
        throw failed.get().isKafka()
            ? RunFailure.failed(failed.get())
            : RunFailure.invalid(failed.get());
      }
      // Without Kafka it can't be told, and asking takes seconds in which nothing is shown.
      if (completion.isPresent() && brokers.outage().isEmpty() && completion.get().reached()) {
        screen.show(statuses.at(elapsed())); // that Kafka is back may be untold yet
        return;
      }
      if (tick % TICKS_PER_LOOK == 0) {
        screen.show(statuses.at(elapsed()));
      }
    }
  }

  private void checkAlive() throws RunFailure, InterruptedException {
    if (job.hasFailed()) {
      throw job.ending();
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /**
   * A savepoint can fail for reasons that pass, such as a restart at the same moment: then it is
   * tried again, after what was fed has been read again.
   */
  private void stopJob(Screen screen, StopSignal stop) throws RunFailure, InterruptedException {
    giveUpWithoutKafka(screen, stop);
    screen.print(List.of("stopping: a savepoint is taken and all output committed ..."));
    for (int attempt = 1; attempt <= STOP_ATTEMPTS; attempt++) {
      if (stopped()) {
        if (completion.isPresent() && !stop.isStopped() && !completion.get().committed()) {
          throw RunFailure.failed(
              "the job restarted while it was stopped and did not process all that was fed;"
                  + " run it again to go on");
        }
        return;
      }
      checkAlive();
      giveUpWithoutKafka(screen, stop);
      if (allTasksRunWithin(RESTART_PATIENCE)) {
        watch(screen, stop);
      }
    }
    if (!stop.isStopped()) {
      throw RunFailure.failed("the job could not be stopped with a savepoint");
    }
    // Nothing is lost by it: the next run resumes from the last checkpoint.
    job.cancel(CANCEL_PATIENCE);
  }

  /**
   * A savepoint commits output, so it needs Kafka; who wants to stop need not wait for that. A
   * broker that merely hesitates is waited for.
   */
  private void giveUpWithoutKafka(Screen screen, StopSignal stop)
      throws RunFailure, InterruptedException {
    for (Optional<Outage> outage = brokers.outage();
        stop.isStopped() && outage.isPresent();
        outage = brokers.outage()) {
      if (outage.get().lasted().compareTo(OUTAGE_PATIENCE) >= 0) {
        screen.print(
            List.of(
                "stopping without a savepoint, which needs Kafka: the job is cancelled, its last"
                    + " checkpoint stays; Ctrl-C again ends the run at once ..."));
        throw RunFailure.failed("the run was stopped without a savepoint: Kafka did not answer");
      }
      Thread.sleep(TICK.toMillis());
    }
  }

  private RunFailure cutOff(RunFailure failure, Outage outage) {
    String next;
    try {
      next =
          new Snapshots(home.snapshots())
              .newest()
              .map(newest -> "the next run goes on from " + newest.path())
              .orElse("there is no checkpoint yet: the next run starts where this one did");
    } catch (IOException e) {
      LOG.warn("the checkpoints cannot be listed", e);
      next = "the next run goes on from the last checkpoint";
    }
    String message = failure.getMessage() + "\n" + outage.text() + "; " + next;
    return failure.status() == RunFailure.INVALID
        ? RunFailure.invalid(message, failure)
        : RunFailure.failed(message, failure);
  }

  private boolean stopped() throws InterruptedException {
    try {
      job.stop(home.snapshots().toString(), STOP_PATIENCE);
      group.commit(job.lastPositions());
      return true;
    } catch (RunFailure e) {
      LOG.warn("the job could not be stopped with a savepoint", e);
      return false;
    }
  }

  private boolean allTasksRunWithin(Duration patience) throws RunFailure, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!job.isSaved() && !job.allTasksRun()) {
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
      if (failure.status() == RunFailure.INVALID && brokers.outage().isEmpty()) {
        if (!stopped()) {
          job.cancel(CANCEL_PATIENCE);
        }
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
      screen.print(SummaryText.lines(summary, target));
      screen.print(results.places());
    } catch (RunFailure e) {
      if (failure.isEmpty()) {
        throw e;
      }
      LOG.warn("there is no summary", e);
    }
  }
}
