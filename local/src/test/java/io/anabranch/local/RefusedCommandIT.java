package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused with exit status 2 before anything is started. */
class RefusedCommandIT {
  @TempDir Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  private void refused(String message, String... arguments) {
    assertThat(command.run(arguments)).isEqualTo(2);
    assertThat(command.err().lines().findFirst()).hasValue(message);
  }

  @Test
  void aPipelineThatIsNotThere() {
    refused(command.path("no.yaml") + ": no such file", "run", command.path("no.yaml"));
  }

  @Test
  void everyProblemOfAPipelineIsReported() throws Exception {
    String file =
        command.file(
            "bad.yaml",
            CommandFixture.PIPELINE
                .replace("type: binary", "type: binry")
                .replace("majority-class", "majority-clas"));

    assertThat(command.run("validate", file)).isEqualTo(2);
    assertThat(command.err())
        .contains(file + ":4 target.type: ")
        .contains(file + ":10 learners[1].type: ");
    assertThat(command.out()).isEmpty();
  }

  @Test
  void aGoodPipelineIsOk() throws Exception {
    String file = command.pipeline();

    assertThat(command.run("validate", file)).isZero();
    assertThat(command.out()).isEqualTo(file + ": ok" + System.lineSeparator());
  }

  @Test
  void anUnknownPathOfSet() throws Exception {
    assertThat(command.run("run", command.pipeline(), "--set", "learners.shared.hyper.alhpa=1"))
        .isEqualTo(2);
    assertThat(command.err()).contains("learners.shared.hyper.alhpa");
  }

  @Test
  void aPortOfMetricsThatCannotBe() throws Exception {
    refused(
        "--metrics-port must be between 1 and 65535, got 70000",
        "run",
        command.pipeline(),
        "--metrics-port",
        "70000");
  }

  @Test
  void aRateOrAParallelismThatIsNone() throws Exception {
    refused("--rate must be > 0, got 0.0", "run", command.pipeline(), "--rate", "0");
  }

  @Test
  void aParallelismOutOfRange() throws Exception {
    refused(
        "--parallelism must be between 1 and 128, got 0",
        "run",
        command.pipeline(),
        "--parallelism",
        "0");
  }

  @Test
  void aFeedOfATopicThatThePipelineDoesNotRead() throws Exception {
    refused(
        "--feed other=x.csv: the topic must be an input of the pipeline (tried.features), got other",
        "run",
        command.pipeline(),
        "--embedded",
        "--feed",
        "other=x.csv");
  }

  @Test
  void aFeedThatIsNotThere() throws Exception {
    refused(
        "nowhere.csv: no such file",
        "run",
        command.pipeline(),
        "--embedded",
        "--feed",
        "tried.features=nowhere.csv");
  }

  @Test
  void anOutputDirectoryThatIsNotEmpty() throws Exception {
    Files.createDirectories(directory.resolve("full/of"));
    refused(
        "--out " + command.path("full") + ": must be empty or absent, and holds files",
        "run",
        command.pipeline(),
        "--out",
        command.path("full"));
  }

  @Test
  void aCheckpointDirectoryThatCannotBeWritten() throws Exception {
    Files.createFile(directory.resolve("file"));
    assertThat(command.run("run", command.pipeline(), "--set", "checkpoint.dir=file")).isEqualTo(2);
    assertThat(command.err())
        .startsWith("checkpoint directory " + command.path("file/tried") + ": cannot be written: ");
  }
}
