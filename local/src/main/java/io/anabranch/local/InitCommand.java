package io.anabranch.local;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineException;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.local.draft.DraftException;
import io.anabranch.local.draft.DraftText;
import io.anabranch.local.draft.Drafting;
import io.anabranch.local.draft.Drafting.Drafted;
import io.anabranch.local.draft.PipelineComments;
import io.anabranch.local.feed.FeedException;
import io.anabranch.local.profile.DataProfile;
import io.anabranch.local.profile.PipelineSample;
import io.anabranch.local.profile.Profiler;
import io.anabranch.local.profile.Sampler;
import io.anabranch.local.run.RunFailure;
import io.anabranch.models.learner.LearnerRegistry;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch init}. */
@Command(
    name = "init",
    description = "Prints a commented pipeline file for a data file, which runs as it is.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class InitCommand implements Callable<Integer> {
  /** Enough to tell whether a field gives the target away. */
  private static final int SAMPLE = 10_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "DATA",
      description = "The data: .csv with header, .jsonl, libsvm .svm; each also .gz.")
  private Path file = Path.of("");

  @Mixin private DraftingOptions drafting = new DraftingOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the pipeline file here. Default: standard output.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--force", description = "Write over a file that is there.")
  private boolean force;

  @Override
  public Integer call() throws RunFailure {
    LearnerRegistry registry = new LearnerRegistry(InitCommand.class.getClassLoader());
    try {
      DataProfile profile = Profiler.profile(file, Profiler.SAMPLE);
      Drafted drafted = Drafting.of(profile, drafting.toOptions(spec), registry);
      PipelineSample sample =
          Sampler.profile(
              checked(DraftText.of(drafted.draft()), registry),
              file,
              SAMPLE,
              (example, keys) -> {});
      String pipelineFile = out.map(Path::toString).orElse(drafted.draft().name() + ".yaml");
      String text = PipelineComments.text(profile, drafted, sample, pipelineFile);
      var unused = checked(text, registry);
      if (out.isPresent()) {
        write(out.get(), text);
      } else {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
      }
      return 0;
    } catch (FeedException | DraftException e) {
      throw RunFailure.invalid(e);
    }
  }

  /** What is written here is valid, or the fault is ours. */
  private static Pipeline checked(String text, LearnerRegistry registry) {
    try {
      return PipelineFile.read("draft", text, List.of(), name -> Optional.empty(), registry);
    } catch (PipelineException e) {
      throw new IllegalStateException("the draft is no valid pipeline:\n" + text, e);
    }
  }

  private void write(Path path, String text) throws RunFailure {
    OpenOption[] options =
        force
            ? new OpenOption[] {
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE
            }
            : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    try {
      Files.writeString(path, text, options);
    } catch (FileAlreadyExistsException e) {
      throw RunFailure.invalid(path + ": is there already; --force writes over it", e);
    } catch (IOException e) {
      throw RunFailure.invalid(path + ": cannot be written: " + e.getMessage(), e);
    }
    spec.commandLine().getOut().println("written: " + path);
  }
}
