package io.anabranch.cluster;

import io.anabranch.cluster.flink.Job.Checkpoints;
import io.anabranch.cluster.process.JavaProcess;
import io.anabranch.cluster.process.Wait;
import io.anabranch.cluster.schedule.Fault;
import io.anabranch.cluster.schedule.Fault.Kind;
import io.anabranch.cluster.schedule.Fault.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does to the cluster what a schedule says, and watches it recover. */
final class FaultInjector implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration CHECKPOINT_PATIENCE = Duration.ofSeconds(30);

  private final TestBed bed;
  private final int taskManagers;
  private final ExecutorService repairs = Executors.newCachedThreadPool();
  private final List<CompletableFuture<Void>> repairing = new ArrayList<>();
  private long lastRestored;

  FaultInjector(TestBed bed, int taskManagers) {
    this.bed = bed;
    this.taskManagers = taskManagers;
  }

  /**
   * Does one thing.
   *
   * @param next the moment of the fault after it: whether to wait for recovery
   */
  Outcome inject(Fault fault, Optional<Moment> next) throws Exception {
    if (fault.moment() != Moment.AFTER_RESTORE) {
      awaitPeace();
      Wait.pass(fault.lull());
    }
    JavaProcess victim = victim(fault);
    boolean duringCheckpoint =
        fault.moment() == Moment.DURING_CHECKPOINT
            && Wait.within(CHECKPOINT_PATIENCE, this::checkpointing);
    List<PipelineUnderTest> affected = affected(fault, victim);
    bed.pipelines().forEach(each -> each.live().mark());
    long wall = System.currentTimeMillis();
    long struck = System.nanoTime();
    CompletableFuture<Void> repair = strike(fault, victim);
    if (fault.kind().restartsJob()) {
      awaitRestore(affected, wall);
    } else {
      repair.join();
    }
    bed.pipelines().forEach(each -> each.live().mark());
    long restored = fault.kind().restartsJob() ? restored(affected.get(0)) : 0;
    boolean again = restored > 0 && restored == lastRestored;
    lastRestored = restored > 0 ? restored : lastRestored;
    if (next.equals(Optional.of(Moment.AFTER_RESTORE))) {
      Wait.until(
          PATIENCE,
          () -> "any prediction after " + fault,
          () -> bed.pipelines().stream().allMatch(each -> each.live().any()));
      return new Outcome(
          fault, victim.name(), duringCheckpoint, restored, again, Double.NaN, Double.NaN);
    }
    Wait.until(PATIENCE, () -> "new predictions after " + fault, () -> all() != Long.MAX_VALUE);
    return new Outcome(
        fault,
        victim.name(),
        duringCheckpoint,
        restored,
        again,
        (first() - struck) / 1e9,
        (all() - struck) / 1e9);
  }

  /** Waits until nothing is missing and everything learns and is saved. */
  void awaitPeace() throws Exception {
    for (CompletableFuture<Void> repair : repairing) {
      repair.get();
    }
    repairing.clear();
    bed.cluster().complete(TestBed.JOB_MANAGERS, taskManagers);
    bed.cluster().awaitTaskManagers(taskManagers);
    bed.awaitLearning();
    for (PipelineUnderTest each : bed.pipelines()) {
      Wait.until(
          PATIENCE,
          () -> "a checkpoint of " + each.pipeline().name(),
          () ->
              each.job().checkpoints().filter(now -> now.completed() > now.restored()).isPresent());
    }
  }

  private JavaProcess victim(Fault fault) throws InterruptedException {
    return switch (fault.kind()) {
      case KILL_BROKER, PAUSE_BROKER -> bed.broker().process();
      case KILL_LEADING_JOB_MANAGER, PAUSE_LEADING_JOB_MANAGER -> {
        Wait.until(
            PATIENCE,
            () -> "a leading JobManager",
            () -> bed.cluster().leadingJobManager().isPresent());
        yield bed.cluster().leadingJobManager().orElseThrow();
      }
      case KILL_TASK_MANAGER, PAUSE_TASK_MANAGER -> {
        Wait.until(
            PATIENCE,
            () -> "a TaskManager with tasks",
            () -> !bed.cluster().busyTaskManagers().isEmpty());
        List<JavaProcess> busy = bed.cluster().busyTaskManagers();
        yield busy.get(fault.victim() % busy.size());
      }
    };
  }

  private CompletableFuture<Void> strike(Fault fault, JavaProcess victim) throws Exception {
    CompletableFuture<Void> repair;
    if (fault.kind().pauses()) {
      Process pause = victim.pause(fault.outage());
      repair = background(pause::waitFor);
    } else {
      victim.kill();
      repair =
          background(
              () -> {
                Wait.pass(fault.outage());
                if (fault.kind() == Kind.KILL_BROKER) {
                  bed.broker().restart();
                } else {
                  bed.cluster().complete(TestBed.JOB_MANAGERS, taskManagers);
                }
                return 0;
              });
    }
    repairing.add(repair);
    return repair;
  }

  private interface Repair {
    int run() throws Exception;
  }

  private CompletableFuture<Void> background(Repair repair) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    repairs.execute(
        () -> {
          try {
            int unused = repair.run();
            done.complete(null);
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  /** The pipelines that a fault makes restart: those of a TaskManager, or all. */
  private List<PipelineUnderTest> affected(Fault fault, JavaProcess victim)
      throws InterruptedException {
    if (fault.kind() != Kind.KILL_TASK_MANAGER && fault.kind() != Kind.PAUSE_TASK_MANAGER) {
      return bed.pipelines();
    }
    List<PipelineUnderTest> affected = new ArrayList<>();
    Wait.until(
        PATIENCE,
        () -> "the jobs on " + victim.name(),
        () -> {
          Set<String> jobs = bed.cluster().jobsOn(victim);
          bed.pipelines().stream()
              .filter(each -> jobs.contains(each.job().id()))
              .forEach(affected::add);
          return !affected.isEmpty();
        });
    return affected;
  }

  private void awaitRestore(List<PipelineUnderTest> affected, long wall)
      throws InterruptedException {
    for (PipelineUnderTest each : affected) {
      Wait.until(
          PATIENCE,
          () -> each.pipeline().name() + " to be restored, it is " + each.job().status(),
          () -> each.job().checkpoints().filter(now -> now.restoredAt() >= wall).isPresent());
    }
  }

  private static long restored(PipelineUnderTest pipeline) {
    return pipeline.job().checkpoints().map(Checkpoints::restored).orElse(0L);
  }

  private boolean checkpointing() {
    return bed.pipelines().stream()
        .anyMatch(each -> each.job().checkpoints().filter(now -> now.inProgress() > 0).isPresent());
  }

  private long first() {
    return bed.pipelines().stream().mapToLong(each -> each.live().first()).max().orElseThrow();
  }

  private long all() {
    return bed.pipelines().stream()
        .mapToLong(each -> each.live().all(bed.streams(each)))
        .max()
        .orElseThrow();
  }

  @Override
  public void close() {
    repairs.shutdownNow();
  }
}
