package io.anabranch.local;

import io.anabranch.job.pipeline.PipelineSchema;
import io.anabranch.models.learner.LearnerRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anabranch schema}. */
@Command(
    name = "schema",
    description =
        "Prints the JSON Schema of pipeline files, for editors: with the learner types that are on"
            + " the class path.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Example:", "  anabranch schema > pipeline.schema.json", "", "Exit status: 0."})
final class SchemaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    LearnerRegistry registry = new LearnerRegistry(SchemaCommand.class.getClassLoader());
    spec.commandLine().getOut().print(PipelineSchema.json(registry));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
