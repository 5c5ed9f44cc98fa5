package io.anabranch.local;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.explain.Explanation;
import io.anabranch.local.explain.ExplanationText;
import io.anabranch.local.feed.FeedException;
import io.anabranch.local.run.PipelineRun;
import io.anabranch.local.run.RunFailure;
import io.anabranch.models.learner.LearnerRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch validate}. */
@Command(
    name = "validate",
    description =
        "Reports every error of a pipeline file, with file, line and path. With --explain, says what"
            + " the job would do; with --sample, what it would make of your data.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  anabranch validate shop.yaml",
      "  anabranch validate shop.yaml --sample visits.csv.gz",
      "",
      "Exit status: 0 the file is right, whatever the warnings; 2 it is not, or cannot be read."
    })
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PIPELINE.yaml", description = "The pipeline file.")
  private Path file = Path.of("");

  @Option(
      names = "--explain",
      description =
          "Show resolved defaults, what becomes of each field, where models live and how they merge,"
              + " the topics, and warnings.")
  private boolean explain;

  @Option(
      names = "--sample",
      paramLabel = "FILE",
      description =
          "Explain with the first 50,000 records of FILE (.csv with header, .jsonl, libsvm .svm; each"
              + " also .gz): dead letters, types, sizes of models, warnings.")
  private Optional<Path> sample = Optional.empty();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Explain for this parallelism. Default: as for run.")
  private Optional<Integer> parallelism = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Check with this value. Repeatable.")
  private List<String> sets = List.of();

  @Override
  public Integer call() throws RunFailure {
    OptionalInt wanted = CommonRunOptions.checked(parallelism, spec);
    Pipeline pipeline = PipelineSource.read(file, sets);
    PrintWriter out = spec.commandLine().getOut();
    out.println(file + ": ok");
    if (explain || sample.isPresent()) {
      out.println();
      explanation(pipeline, wanted).forEach(out::println);
    }
    out.flush();
    return 0;
  }

  private List<String> explanation(Pipeline pipeline, OptionalInt wanted) throws RunFailure {
    try {
      return ExplanationText.lines(
          Explanation.of(
              pipeline,
              new LearnerRegistry(ValidateCommand.class.getClassLoader()),
              PipelineRun.parallelism(pipeline, wanted),
              sample));
    } catch (FeedException e) {
      throw RunFailure.invalid(e);
    }
  }
}
