package io.anabranch.local;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.run.RunFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anabranch demo}. */
@Command(
    name = "demo",
    description =
        "Will this flight be late? Runs examples/late-flights.yaml on 60,000 real flights, with"
            + " Kafka and Flink in this process.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  anabranch demo                               as if the flights arrived now; Ctrl-C stops",
      "  anabranch demo --rate 20000 --until-fed --fresh --out out",
      "",
      "Exit status: 0 done or stopped cleanly; 1 the job failed; 2 bad option or path."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String PIPELINE = "late-flights.yaml";
  private static final String DATA = "data/hflights-2011.csv.gz";

  private final RunEnvironment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private CommonRunOptions common = new CommonRunOptions();

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Flights per second. Default: ${DEFAULT-VALUE}.")
  private double rate;

  DemoCommand(RunEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws RunFailure {
    Path examples = Examples.directory();
    Path file = examples.resolve(PIPELINE);
    Pipeline pipeline = PipelineSource.read(file, common.sets());
    String feed = pipeline.input().topic() + "=" + examples.resolve(DATA);
    environment.run(
        file, common, common.toOptions(spec, true, List.of(feed), rate), spec.commandLine());
    return 0;
  }
}
