package io.anabranch.job;

import java.util.ArrayList;
import java.util.List;

/**
 * Entry point of the job jar: {@code flink run anabranch-job.jar PIPELINE_URI [--set PATH=VALUE]…};
 * {@code java -jar anabranch-job.jar --version} says which one it is. What is wrong with file or
 * options is the message of the exception, which Flink's client prints.
 */
public final class AnabranchJob {
  private static final String USAGE =
      "usage: flink run anabranch-job.jar PIPELINE_URI [--set PATH=VALUE]...";

  private AnabranchJob() {}

  /** Runs the pipeline whose URI is the first argument, or says the version. */
  public static void main(String[] args) throws Exception {
    if (List.of(args).equals(List.of("--version"))) {
      // Names no class of Flink, so that `java -jar` answers without one.
      System.out.println(Version.text());
      return;
    }
    Submission.run(Arguments.of(args));
  }

  /** What stands on the command line. */
  record Arguments(String place, List<String> sets) {
    static Arguments of(String... args) {
      List<String> places = new ArrayList<>();
      List<String> sets = new ArrayList<>();
      for (int i = 0; i < args.length; i++) {
        if (args[i].startsWith("--set=")) {
          sets.add(args[i].substring("--set=".length()));
        } else if (args[i].equals("--set") && i + 1 < args.length) {
          sets.add(args[++i]);
        } else if (args[i].startsWith("-")) {
          throw new IllegalArgumentException("option " + args[i] + " is not known; " + USAGE);
        } else {
          places.add(args[i]);
        }
      }
      if (places.size() != 1) {
        throw new IllegalArgumentException(
            "one PIPELINE_URI must be given, got " + places.size() + "; " + USAGE);
      }
      return new Arguments(places.get(0), List.copyOf(sets));
    }
  }
}
