package io.anabranch.local;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineException;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.local.draft.DraftException;
import io.anabranch.local.draft.DraftText;
import io.anabranch.local.draft.Drafting;
import io.anabranch.local.draft.Drafting.Drafted;
import io.anabranch.local.evaluate.EvaluatedRecords;
import io.anabranch.local.evaluate.Evaluation;
import io.anabranch.local.evaluate.EvaluationResult;
import io.anabranch.local.evaluate.EvaluationText;
import io.anabranch.local.evaluate.FiguresFile;
import io.anabranch.local.evaluate.PlotFiles;
import io.anabranch.local.feed.Feed;
import io.anabranch.local.feed.FeedException;
import io.anabranch.local.feed.TopicShape;
import io.anabranch.local.profile.Profiler;
import io.anabranch.local.run.RunFailure;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.LearnerRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch evaluate}. */
@Command(
    name = "evaluate",
    description =
        "How well learners do on a file, each record predicted before it is learned: the figures"
            + " that the job has at parallelism 1, without broker and Flink.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class EvaluateCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluateCommand.class);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description = "The data: .csv with header, .jsonl, libsvm .svm; each also .gz.")
  private Path file = Path.of("");

  @Mixin private DraftingOptions drafting = new DraftingOptions();

  @Option(
      names = "--hyper",
      paramLabel = "NAME=VALUE",
      description = "A hyperparameter, of every learner that has it. Repeatable.")
  private Map<String, String> hyper = Map.of();

  @Option(
      names = "--pipeline",
      paramLabel = "PIPELINE.yaml",
      description = "Evaluate the learners of this pipeline instead.")
  private Optional<Path> pipelineFile = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Set a value of the pipeline. Repeatable; VALUE is YAML.")
  private List<String> sets = List.of();

  @Option(
      names = "--shuffle",
      paramLabel = "SEED",
      description = "Take the records in a random order; all are held in memory.")
  private Optional<Long> shuffle = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most N records; the first ones, or with --shuffle any.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where plot.svg, plot.png and figures.json go, over those of an earlier evaluation."
              + " Default: evaluation/NAME after the file.")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() throws RunFailure {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit must be >= 1, got " + limit);
    }
    LearnerRegistry registry = new LearnerRegistry(EvaluateCommand.class.getClassLoader());
    try {
      Pipeline pipeline = pipelineFile.isPresent() ? given(pipelineFile.get()) : drafted(registry);
      EvaluatedRecords records =
          new EvaluatedRecords(
              Feed.of(file, TopicShape.of(pipeline.input())),
              shuffle.map(OptionalLong::of).orElse(OptionalLong.empty()),
              limit);
      report(Evaluation.of(pipeline, records, registry));
      return 0;
    } catch (FeedException | DraftException e) {
      throw RunFailure.invalid(e);
    }
  }

  private Pipeline given(Path path) throws RunFailure {
    List<String> given = new ArrayList<>(drafting.given());
    if (!hyper.isEmpty()) {
      given.add("--hyper");
    }
    if (!given.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          String.join(", ", given) + " cannot be given with --pipeline, whose file says it");
    }
    List<String> all = new ArrayList<>(sets);
    drafting.window(spec).ifPresent(window -> all.add("evaluation.window=" + window));
    Pipeline pipeline = PipelineSource.read(path, all);
    if (pipeline.target().target().type() == TargetType.NONE) {
      throw RunFailure.invalid(path + ": target.type none leaves nothing to be scored");
    }
    return pipeline;
  }

  private Pipeline drafted(LearnerRegistry registry)
      throws RunFailure, FeedException, DraftException {
    Drafted drafted =
        Drafting.of(Profiler.profile(file, Profiler.SAMPLE), drafting.toOptions(spec), registry);
    HyperSets hyperSets = new HyperSets(registry, drafted.draft().learners());
    List<String> all = new ArrayList<>();
    for (Map.Entry<String, String> entry : hyper.entrySet()) {
      all.addAll(hyperSets.of(entry.getKey(), entry.getValue()));
    }
    all.addAll(sets);
    PrintWriter terminal = spec.commandLine().getOut();
    DraftSummary.lines(drafted).forEach(terminal::println);
    try {
      return PipelineFile.read(
          file.toString(), DraftText.of(drafted.draft()), all, name -> Optional.empty(), registry);
    } catch (PipelineException e) {
      throw RunFailure.invalid(e);
    }
  }

  private void report(EvaluationResult result) throws RunFailure {
    PrintWriter terminal = spec.commandLine().getOut();
    EvaluationText.lines(result).forEach(terminal::println);
    terminal.flush();
    Path directory = out.orElseGet(() -> Path.of("evaluation", result.name()));
    try {
      Files.createDirectories(directory);
      FiguresFile.write(result, directory.resolve("figures.json"));
    } catch (IOException e) {
      throw RunFailure.invalid(directory + ": cannot be written: " + e.getMessage(), e);
    }
    terminal.println();
    terminal.println(
        plot(result, directory)
            ? "Learning curves: "
                + directory.resolve("plot.svg")
                + ", plot.png; all figures: figures.json"
            : "All figures: " + directory.resolve("figures.json"));
  }

  /** Where the JDK has no fonts it cannot draw; the figures are there all the same. */
  private boolean plot(EvaluationResult result, Path directory) throws RunFailure {
    System.setProperty("java.awt.headless", "true");
    try {
      return PlotFiles.write(result, directory);
    } catch (IOException e) {
      throw RunFailure.invalid(directory + ": cannot be written: " + e.getMessage(), e);
    } catch (InternalError | NoClassDefFoundError | UnsatisfiedLinkError noFonts) {
      LOG.warn("the learning curves could not be drawn", noFonts);
      spec.commandLine()
          .getErr()
          .println(
              "The learning curves could not be drawn: this machine lacks what Java draws text"
                  + " with (install fontconfig and a font)");
      return false;
    }
  }
}
