package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the command answers before it does anything. */
class CommandLineTest {
  @TempDir private Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  private void refused(String message, String help, String... arguments) {
    assertThat(command.run(arguments)).isEqualTo(2);
    assertThat(command.err().lines()).containsExactly(message, "Try '" + help + " --help'.");
  }

  @Test
  void aMissingCommandIsAskedFor() {
    refused(
        "a command is missing; commands are: " + String.join(", ", command.commands()),
        "anabranch");
  }

  @Test
  void anUnknownCommandIsSuggestedRight() {
    String commands = String.join(", ", command.commands());
    refused(
        "unknown command 'validat', did you mean 'validate'?; commands are: " + commands,
        "anabranch",
        "validat");
  }

  @Test
  void anUnknownOptionIsSuggestedRight() throws Exception {
    refused(
        "unknown option '--embeded', did you mean '--embedded'?",
        "anabranch run",
        "run",
        command.pipeline(),
        "--embeded");
  }

  @Test
  void anArgumentTooManyIsRefused() throws Exception {
    refused("too many arguments: 'more'", "anabranch run", "run", command.pipeline(), "more");
  }

  @Test
  void aMissingPipelineIsAskedFor() {
    refused("Missing required parameter: 'PIPELINE.yaml'", "anabranch run", "run");
  }

  @Test
  void aLogLevelThatIsNoneIsRefused() throws Exception {
    assertThat(command.run("run", command.pipeline(), "--log-level", "loud")).isEqualTo(2);
    assertThat(command.err())
        .startsWith(
            "Invalid value for option '--log-level': expected one of [ERROR, WARN, INFO,"
                + " DEBUG, TRACE] (case-insensitive) but was 'loud'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "run", "validate", "diff", "schema"})
  void everyCommandHasHelpWithAnExampleAndExitStatuses(String name) {
    assertThat(command.run(name, "--help")).isZero();
    assertThat(command.out())
        .startsWith("Usage: anabranch " + name)
        .contains("  anabranch " + name + " ")
        .contains("Exit status: 0");
  }

  @Test
  void aPipelineThatIsADirectoryOrMayNotBeReadIsRefused() throws Exception {
    assertThat(command.run("validate", directory.toString())).isEqualTo(2);
    assertThat(command.err())
        .isEqualTo(directory + ": a directory, not a pipeline file" + System.lineSeparator());
  }
}
