package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.local.broker.EmbeddedBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends with exit status 1 and a sentence for people. */
class FailedCommandIT {
  @TempDir Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  @Test
  void aBrokerThatCannotBeReached() throws Exception {
    int status = command.run("run", command.pipeline(), "--out", command.path("out"));

    assertThat(status).isEqualTo(1);
    assertThat(command.err())
        .startsWith("kafka: no broker could be reached at 127.0.0.1:1 within 30 s");
    assertThat(command.summary("out").get("records").asLong()).isZero();
  }

  @Test
  void aBrokerWhoseNameIsUnknown() throws Exception {
    int status =
        command.run("run", command.pipeline(), "--set", "kafka.bootstrap=nowhere.invalid:9092");

    assertThat(status).isEqualTo(1);
    assertThat(command.err())
        .startsWith(
            "kafka: no client can be made: ConfigException: No resolvable bootstrap urls given");
  }

  @Test
  void aWebPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      String flink = "flink: {rest.port: " + taken.getLocalPort() + "}\n";
      String file = command.file("port.yaml", CommandFixture.PIPELINE + flink);
      String feed = command.file("feed.jsonl", "");

      int status = command.run("run", file, "--embedded", "--feed", "tried.features=" + feed);

      assertThat(status).isEqualTo(1);
      assertThat(command.err())
          .startsWith("no free port for Flink's web UI: " + taken.getLocalPort() + " is taken; ");
    }
  }

  @Test
  void anInputTopicThatIsNotThere() throws Exception {
    command.patience = Duration.ofSeconds(10);
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"))) {
      int status =
          command.run("run", command.pipeline(), "--set", "kafka.bootstrap=" + broker.bootstrap());

      assertThat(status).isEqualTo(1);
      assertThat(command.err()).startsWith("input topic 'tried.features' does not exist at ");
    }
  }

  @Test
  void aCheckpointThatIsBroken() throws Exception {
    Path broken = directory.resolve("checkpoints/tried/savepoint-1");
    Files.createDirectories(broken);
    Files.writeString(broken.resolve("_metadata"), "nonsense");
    String feed = command.file("feed.jsonl", CommandFixture.lines(0, 10));

    int status =
        command.run(
            "run",
            command.pipeline(),
            "--embedded",
            "--feed",
            "tried.features=" + feed,
            "--until-fed",
            "--out",
            command.path("out"));

    assertThat(status).isEqualTo(1);
    assertThat(command.err().lines().findFirst().orElseThrow()).startsWith("the job failed: ");
    assertThat(command.err()).doesNotContain("\tat ");
    assertThat(command.summary("out").get("records").asLong()).isZero();
  }
}
