package io.anabranch.local;

import io.anabranch.local.run.RunFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch run}. */
@Command(
    name = "run",
    description = "Runs a pipeline with Flink in this process.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  anabranch run shop.yaml --embedded --feed shop.visits=visits.csv.gz --until-fed --out out",
      "  anabranch run shop.yaml --set kafka.bootstrap=broker:9092 --parallelism 4",
      "",
      "Ctrl-C stops with a savepoint, a second one at once; the next run goes on from there, or from"
          + " the last checkpoint. Checkpoints, the embedded broker's data and the log are under"
          + " checkpoint.dir/PIPELINE, beside the pipeline file unless it says otherwise.",
      "",
      "Exit status: 0 done or stopped cleanly; 1 the job failed, or the broker or a missing input"
          + " topic could not be reached for 30 s, or the broker was away when the run was stopped;"
          + " 2 bad pipeline, file, option or path."
    })
final class RunCommand implements Callable<Integer> {
  private final RunEnvironment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PIPELINE.yaml", description = "The pipeline file.")
  private Path file = Path.of("");

  @Option(
      names = "--embedded",
      description = "Start Kafka in this process, too. Default: the pipeline's bootstrap servers.")
  private boolean embedded;

  @Option(
      names = "--feed",
      paramLabel = "TOPIC=FILE",
      description =
          "Produce FILE (.csv with header, .jsonl, libsvm .svm; each also .gz) to an input topic."
              + " Repeatable; all start together.")
  private List<String> feeds = List.of();

  @Mixin private CommonRunOptions common = new CommonRunOptions();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Records per second of each --feed. Default: as fast as possible.")
  private double rate = Double.POSITIVE_INFINITY;

  RunCommand(RunEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws RunFailure {
    environment.run(
        file, common, common.toOptions(spec, embedded, feeds, rate), spec.commandLine());
    return 0;
  }
}
