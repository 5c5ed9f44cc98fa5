package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anabranch.local.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are stopped, doubled or cut off from their broker. */
class RestartIT {
  @TempDir Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  private Process spawn(String... arguments) throws Exception {
    return JavaProcess.start(
        Anabranch.class, "700m", directory.resolve("spawned.err"), List.of(arguments));
  }

  private static boolean awaitLine(Process process, String part) throws Exception {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.contains(part)) {
      line = out.readLine();
    }
    return line != null;
  }

  @Test
  void aRunStoppedByASignalIsResumedWhereItWas() throws Exception {
    String first = command.file("first.jsonl", CommandFixture.lines(0, 100_000));
    Process process =
        spawn(
            "run",
            command.pipeline(),
            "--embedded",
            "--feed",
            "tried.features=" + first,
            "--rate",
            "500",
            "--out",
            command.path("out1"));
    assertThat(awaitLine(process, " learned, accuracy 0.")).isTrue();
    process.toHandle().destroy();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    long before = command.summary("out1").get("records").asLong();
    assertThat(before).isPositive();

    String second = command.file("second.jsonl", CommandFixture.lines(100_000, 2000));
    int status =
        command.run(
            "run",
            command.pipeline(),
            "--embedded",
            "--feed",
            "tried.features=" + second,
            "--until-fed",
            "--out",
            command.path("out2"));

    assertThat(command.err()).isEmpty();
    assertThat(status).isZero();
    assertThat(command.out()).contains("resuming from ");
    long total = command.summary("out2").get("records").asLong();
    assertThat(total).isGreaterThanOrEqualTo(before + 2000);
    assertThat(command.summary("out2").at("/learners/shared/examples").asLong()).isEqualTo(total);
    List<JsonNode> predictions = new ArrayList<>(command.records("out1", "tried.predictions"));
    predictions.addAll(command.records("out2", "tried.predictions"));
    assertThat(predictions).hasSize((int) (2 * total));
    assertThat(predictions.stream().map(p -> p.get("learner") + " " + p.get("id")).distinct())
        .hasSize((int) (2 * total));
    try (Stream<Path> kept = Files.list(directory.resolve("checkpoints/tried"))) {
      assertThat(kept.filter(path -> path.getFileName().toString().startsWith("savepoint-")))
          .hasSize(2);
    }
  }

  @Test
  void aSecondRunOfAPipelineIsRefused() throws Exception {
    String feed = command.file("feed.jsonl", CommandFixture.lines(0, 10));
    Process first =
        spawn("run", command.pipeline(), "--embedded", "--feed", "tried.features=" + feed);
    assertThat(awaitLine(first, "shared 10 learned")).isTrue();
    try {
      assertThat(command.run("run", command.pipeline(), "--embedded")).isEqualTo(1);
      assertThat(command.err())
          .startsWith(
              "pipeline 'tried' in "
                  + directory.resolve("checkpoints/tried")
                  + ": in use by another run (process "
                  + first.pid()
                  + ")");
    } finally {
      first.toHandle().destroy();
      assertThat(first.waitFor(5, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(first.exitValue()).isZero();
  }

  @Test
  void aSecondRunOnTheSameBrokerIsRefusedByItsLease() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"))) {
      String feed = command.file("feed.jsonl", CommandFixture.lines(0, 10));
      String bootstrap = "kafka.bootstrap=" + broker.bootstrap();
      Process first =
          spawn("run", command.pipeline(), "--set", bootstrap, "--feed", "tried.features=" + feed);
      assertThat(awaitLine(first, "shared 10 learned")).isTrue();
      try {
        awaitMember(broker, "tried.lease");
        int status =
            command.run(
                "run", command.pipeline(), "--set", bootstrap, "--set", "checkpoint.dir=elsewhere");
        assertThat(status).isEqualTo(1);
        assertThat(command.err()).startsWith("pipeline 'tried' is already running (client ");
      } finally {
        first.toHandle().destroy();
        assertThat(first.waitFor(5, TimeUnit.MINUTES)).isTrue();
      }
      assertThat(first.exitValue()).isZero();
    }
  }

  /** A job takes its lease on a thread of its own, and learns meanwhile. */
  private static void awaitMember(EmbeddedBroker broker, String group) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      while (!hasMember(admin, group)) {
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  private static boolean hasMember(Admin admin, String group) throws Exception {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .anyMatch(description -> !description.members().isEmpty());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return false;
      }
      throw e;
    }
  }

  @Test
  void aBrokerThatGoesAndComesBackCostsNothing() throws Exception {
    Path data = directory.resolve("broker");
    int port = QuietPort.find();
    EmbeddedBroker broker = EmbeddedBroker.start(data, port);
    String feed = command.file("feed.jsonl", CommandFixture.lines(0, 6000));
    String pipeline = command.pipeline();
    CompletableFuture<Integer> run =
        CompletableFuture.supplyAsync(
            () ->
                command.run(
                    "run",
                    pipeline,
                    "--set",
                    "kafka.bootstrap=127.0.0.1:" + port,
                    "--feed",
                    "tried.features=" + feed,
                    "--rate",
                    "500",
                    "--until-fed",
                    "--out",
                    command.path("out")));
    while (!command.out().contains("learned, accuracy 0.") && !run.isDone()) {
      LockSupport.parkNanos(50_000_000);
    }
    broker.close();
    try (EmbeddedBroker again = EmbeddedBroker.start(data, port)) {
      assertThat(run.get(10, TimeUnit.MINUTES)).isZero();
    }

    assertThat(command.summary("out").get("records").asLong()).isEqualTo(6000);
    assertThat(command.summary("out").at("/learners/shared/examples").asLong()).isEqualTo(6000);
    assertThat(
            command.records("out", "tried.predictions").stream()
                .map(p -> p.get("learner") + " " + p.get("id")))
        .hasSize(12_000)
        .doesNotHaveDuplicates();
  }
}
