package io.anabranch.cluster;

import io.anabranch.cluster.check.Finding;
import io.anabranch.cluster.process.JavaProcess;
import io.anabranch.cluster.process.Wait;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Learning while the parallelism changes: through savepoints of each kind, and in place, by the
 * adaptive scheduler, when TaskManagers join and leave.
 */
final class RescaleRun {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int SLOTS = 2;

  /**
   * Savepoints come first: the adaptive scheduler is a setting of a cluster, so it needs another.
   */
  private static final Map<String, String> ADAPTIVE =
      Map.of(
          "jobmanager.scheduler", "adaptive",
          "jobmanager.adaptive-scheduler.resource-stabilization-timeout", "1s",
          "jobmanager.adaptive-scheduler.scaling-interval.min", "1s");

  private final RunOptions options;
  private final PrintWriter out;

  private record Stop(int parallelism, List<String> savepoint) {}

  RescaleRun(RunOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /** Runs in a directory, and says what held. */
  List<Finding> run(Path directory) throws Exception {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(throughSavepoints(Files.createDirectory(directory.resolve("savepoints"))));
    findings.addAll(inPlace(Files.createDirectory(directory.resolve("in-place"))));
    return findings;
  }

  private List<Finding> throughSavepoints(Path directory) throws Exception {
    List<Stop> stops =
        List.of(
            new Stop(2, List.of("--type", "canonical")),
            new Stop(4, List.of("--type", "native")),
            new Stop(3, List.of("--type", "canonical", "--drain")),
            new Stop(2, List.of("--type", "native", "--drain")));
    try (TestBed bed = new TestBed(options, directory, 3, Map.of());
        FaultInjector injector = new FaultInjector(bed, 3)) {
      PipelineUnderTest subject = bed.pipelines().get(0);
      Optional<String> savepoint = Optional.empty();
      for (Stop stop : stops) {
        subject.submit(bed.cluster(), stop.parallelism(), savepoint);
        injector.awaitPeace();
        savepoint =
            Optional.of(subject.stop(bed.cluster(), stop.savepoint().toArray(String[]::new)));
        out.println(
            "parallelism "
                + stop.parallelism()
                + ", stopped "
                + String.join(" ", stop.savepoint()));
      }
      subject.submit(bed.cluster(), options.parallelism(), savepoint);
      injector.awaitPeace();
      out.println("parallelism " + options.parallelism());
      return Conclusion.of(bed, out);
    }
  }

  private List<Finding> inPlace(Path directory) throws Exception {
    RunOptions wide = new RunOptions(options.seed(), 1, 3 * SLOTS, options.perSecond());
    try (TestBed bed = new TestBed(wide, directory, 1, ADAPTIVE)) {
      PipelineUnderTest subject = bed.pipelines().get(0);
      subject.submit(bed.cluster(), wide.parallelism(), Optional.empty());
      awaitParallelism(bed, 1);
      JavaProcess second = bed.cluster().startTaskManager();
      awaitParallelism(bed, 2);
      bed.cluster().startTaskManager();
      awaitParallelism(bed, 3);
      second.kill();
      awaitParallelism(bed, 2);
      bed.cluster().taskManagers().get(0).kill();
      awaitParallelism(bed, 1);
      bed.cluster().complete(TestBed.JOB_MANAGERS, 2);
      awaitParallelism(bed, 2);
      return Conclusion.of(bed, out);
    }
  }

  /** Waits until the job runs on all of so many TaskManagers, has learned there and is saved. */
  private void awaitParallelism(TestBed bed, int taskManagers) throws Exception {
    PipelineUnderTest subject = bed.pipelines().get(0);
    Wait.until(
        PATIENCE,
        () -> "parallelism " + taskManagers * SLOTS + ", it is " + subject.job().parallelism(),
        () -> subject.job().parallelism().equals(OptionalLong.of((long) taskManagers * SLOTS)));
    try (FaultInjector injector = new FaultInjector(bed, taskManagers)) {
      injector.awaitPeace();
    }
    out.println(taskManagers + " TaskManagers, parallelism " + taskManagers * SLOTS);
  }
}
