package io.anabranch.local;

import io.anabranch.local.run.RunFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch validate}. */
@Command(
    name = "validate",
    description = "Reports every error of a pipeline file, with file, line and path.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PIPELINE.yaml", description = "The pipeline file.")
  private Path file = Path.of("");

  @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Check with this value.")
  private List<String> sets = List.of();

  @Override
  public Integer call() throws RunFailure {
    var unused = PipelineSource.read(file, sets);
    spec.commandLine().getOut().println(file + ": ok");
    return 0;
  }
}
