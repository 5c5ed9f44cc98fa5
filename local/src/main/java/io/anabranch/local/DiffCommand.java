package io.anabranch.local;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.diff.Change;
import io.anabranch.local.diff.PipelineDiff;
import io.anabranch.local.run.RunFailure;
import io.anabranch.local.view.TextTable;
import io.anabranch.models.learner.LearnerRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anabranch diff}. */
@Command(
    name = "diff",
    description =
        "Says what live state a changed pipeline keeps when it resumes from the old one's checkpoint,"
            + " and what starts anew.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  anabranch diff running.yaml changed.yaml",
      "",
      "Exit status: 0 both files are right, whatever differs; 2 one of them is wrong."
    })
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "OLD.yaml", description = "The pipeline that has state.")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW.yaml", description = "The pipeline that shall go on.")
  private Path after = Path.of("");

  @Override
  public Integer call() throws RunFailure {
    Pipeline old = PipelineSource.read(before, List.of());
    Pipeline now = PipelineSource.read(after, List.of());
    TextTable table = new TextTable();
    for (Change change :
        PipelineDiff.of(old, now, new LearnerRegistry(DiffCommand.class.getClassLoader()))) {
      table.row(change.part(), change.fate().text(), change.reason());
    }
    PrintWriter out = spec.commandLine().getOut();
    table.lines().forEach(out::println);
    out.flush();
    return 0;
  }
}
