package io.anabranch.cluster;

import io.anabranch.cluster.check.Finding;
import io.anabranch.cluster.schedule.Fault;
import io.anabranch.cluster.schedule.FaultSchedule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Learning under a schedule of faults. */
final class FaultRun {
  private static final int TASK_MANAGERS = 3;

  private final RunOptions options;
  private final int faults;
  private final PrintWriter out;

  FaultRun(RunOptions options, int faults, PrintWriter out) {
    this.options = options;
    this.faults = faults;
    this.out = out;
  }

  /** Runs in a directory, and says what held. */
  List<Finding> run(Path directory) throws Exception {
    List<Fault> schedule = FaultSchedule.of(options.seed(), faults);
    out.println("schedule of seed " + options.seed() + ":");
    schedule.forEach(out::println);
    try (TestBed bed = new TestBed(options, directory, TASK_MANAGERS, Map.of())) {
      for (PipelineUnderTest each : bed.pipelines()) {
        each.submit(bed.cluster(), options.parallelism(), Optional.empty());
      }
      out.println("all processes run, " + options.jobs() + " job(s) submitted");
      List<Outcome> outcomes = new ArrayList<>();
      try (FaultInjector injector = new FaultInjector(bed, TASK_MANAGERS)) {
        for (int i = 0; i < schedule.size(); i++) {
          Optional<Fault> next =
              i + 1 < schedule.size() ? Optional.of(schedule.get(i + 1)) : Optional.empty();
          Outcome outcome = injector.inject(schedule.get(i), next.map(Fault::moment));
          outcomes.add(outcome);
          out.println(schedule.get(i) + "\n      " + outcome);
        }
        injector.awaitPeace();
      }
      report(outcomes);
      return Conclusion.of(bed, out);
    }
  }

  private void report(List<Outcome> outcomes) {
    out.printf(
        Locale.ROOT,
        "%d faults, %d during a checkpoint, %d restores, %d from the same checkpoint again%n",
        outcomes.size(),
        outcomes.stream().filter(Outcome::duringCheckpoint).count(),
        outcomes.stream().filter(each -> each.restored() > 0).count(),
        outcomes.stream().filter(Outcome::again).count());
    // Where the next fault came before, there is nothing to be measured.
    List<Outcome> measured =
        outcomes.stream().filter(each -> !Double.isNaN(each.firstSeconds())).toList();
    for (Fault.Kind kind : Fault.Kind.values()) {
      report(
          kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          measured.stream().filter(each -> each.fault().kind() == kind).toList());
    }
    report("all", measured);
  }

  private void report(String what, List<Outcome> measured) {
    if (measured.isEmpty()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "%-26s %3d: seconds to the first new prediction: median %.1f, max %.1f;"
            + " of every partition: median %.1f, max %.1f%n",
        what,
        measured.size(),
        quantile(measured, Outcome::firstSeconds, 0.5),
        quantile(measured, Outcome::firstSeconds, 1),
        quantile(measured, Outcome::allSeconds, 0.5),
        quantile(measured, Outcome::allSeconds, 1));
  }

  private static double quantile(
      List<Outcome> outcomes, ToDoubleFunction<Outcome> figure, double at) {
    double[] sorted = outcomes.stream().mapToDouble(figure).sorted().toArray();
    return sorted[(int) Math.round(at * (sorted.length - 1))];
  }
}
