package io.anabranch.bench;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the JMH kernels and prints each as a ratio to the plain loop of the same run. */
public final class Kernels {
  private static final String REFERENCE = "LearnerKernel.plainLoop";

  private Kernels() {}

  /** Runs all kernels, or those that match the given patterns. */
  public static void main(String[] patterns) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    for (String pattern : patterns.length == 0 ? new String[] {"Kernel"} : patterns) {
      options.include(pattern);
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    double reference = Double.NaN;
    for (RunResult result : results) {
      if (result.getParams().getBenchmark().endsWith(REFERENCE)) {
        reference = result.getPrimaryResult().getScore();
      }
    }
    System.out.println();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      double score = result.getPrimaryResult().getScore();
      System.out.printf(
          Locale.ROOT,
          "%-40s %,14.0f rows/s   %s%n",
          name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
          score,
          name.contains("LearnerKernel")
              ? String.format(Locale.ROOT, "%.2f of the plain loop", score / reference)
              : "");
    }
  }
}
