package io.anabranch.cluster;

import io.anabranch.cluster.check.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cluster-tests/run}. */
@Command(
    name = "cluster-tests/run",
    description =
        "Starts a real cluster, does harm to it while it learns, and checks that learning stayed"
            + " exact. Prints the schedule and a table of the checks. Exit status: 0 all hold, 1"
            + " one does not, 2 wrong options.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class ClusterTests implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--seed", description = "Of the feed and the schedule (${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--faults", description = "How many faults (${DEFAULT-VALUE}).")
  private int faults = 12;

  @Option(
      names = "--rescale",
      description = "Instead of faults: rescale through savepoints, and in place.")
  private boolean rescale;

  @Option(
      names = "--jobs",
      description = "How many jobs of the same jar share the cluster (${DEFAULT-VALUE}).")
  private int jobs = 1;

  @Option(names = "--rate", description = "Records fed per second (${DEFAULT-VALUE}).")
  private int rate = 400;

  @Option(names = "--keep", description = "Keep all data, not only the logs.")
  private boolean keep;

  /** Runs the command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ClusterTests()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    requireAtLeast("--faults", faults, 0);
    requireAtLeast("--jobs", jobs, 1);
    requireAtLeast("--rate", rate, 1);
    Path directory = Files.createTempDirectory("anabranch-cluster-");
    logTo(directory);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    out.println("logs: " + directory.resolve("logs"));
    // Four slots of six are in use, so that a TaskManager can be lost without waiting for another.
    RunOptions options = new RunOptions(seed, jobs, Math.max(1, 4 / jobs), rate);
    List<Finding> findings = run(options, directory, out);
    boolean hold = findings.stream().allMatch(Finding::holds);
    out.print(Finding.table(findings));
    out.println(hold ? "all checks hold" : "FAILED, replay with --seed " + seed);
    if (hold && !keep) {
      deleteData(directory);
    }
    out.println("logs: " + directory.resolve("logs"));
    return hold ? 0 : 1;
  }

  private void requireAtLeast(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " must be >= " + least + ", got " + value);
    }
  }

  private List<Finding> run(RunOptions options, Path directory, PrintWriter out) throws Exception {
    try {
      return rescale
          ? new RescaleRun(options, out).run(directory)
          : new FaultRun(options, faults, out).run(directory);
    } catch (IllegalStateException e) {
      // What was waited for and never came is a finding as well.
      return List.of(new Finding("the run goes on", false, String.valueOf(e.getMessage())));
    }
  }

  /** Before anything logs. */
  private static void logTo(Path directory) {
    System.setProperty("log4j2.configurationFile", "classpath:anabranch-log4j2.properties");
    System.setProperty("anabranch.log", directory.resolve("logs/run.log").toString());
  }

  /** Removes what is big; logs stay. */
  private static void deleteData(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        if (path.toString().contains("/data/")) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
