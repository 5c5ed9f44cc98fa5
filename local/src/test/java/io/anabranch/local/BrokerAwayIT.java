package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anabranch.local.feed.InputTopics;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose broker is killed while they are fed. */
@Timeout(value = 20, unit = TimeUnit.MINUTES) // a run without its broker may go on for long
class BrokerAwayIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  private List<String> run(MortalBroker broker, String feed, String... more) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", command.pipeline()));
    arguments.addAll(List.of("--set", "kafka.bootstrap=" + broker.bootstrap()));
    arguments.addAll(List.of("--feed", "tried.features=" + feed));
    arguments.addAll(List.of(more));
    return arguments;
  }

  @Test
  void aKilledBrokerIsMissedAndOnceItIsBackAllThatIsFedIsLearnedOnce() throws Exception {
    MortalBroker broker = MortalBroker.start(directory.resolve("broker"));
    String feed = command.file("feed.jsonl", CommandFixture.lines(0, 12_000));
    String out = command.path("out");
    String[] line =
        run(broker, feed, "--rate", "500", "--until-fed", "--out", out).toArray(String[]::new);
    CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> command.run(line));
    awaitSaid("learned, accuracy 0.", run);
    broker.kill();
    awaitSaid("Kafka at " + broker.bootstrap() + " has not answered since ", run);
    try (MortalBroker again = broker.again()) {
      assertThat(run.get(10, TimeUnit.MINUTES)).isZero();
      assertThat(again.bootstrap()).isEqualTo(broker.bootstrap());
    }

    assertThat(command.out()).contains("Kafka at " + broker.bootstrap() + " answers again, after ");
    assertThat(command.summary("out").get("records").asLong()).isEqualTo(12_000);
    assertThat(command.summary("out").at("/learners/shared/examples").asLong()).isEqualTo(12_000);
    assertThat(
            command.records("out", "tried.predictions").stream()
                .map(p -> p.get("learner") + " " + p.get("id")))
        .hasSize(24_000)
        .doesNotHaveDuplicates();
  }

  private void awaitSaid(String part, CompletableFuture<Integer> run) {
    while (!command.out().contains(part)) {
      assertThat(run).as(() -> command.out() + command.err()).isNotDone();
      LockSupport.parkNanos(50_000_000);
    }
  }

  @Test
  void aRunThatIsStoppedWithoutItsBrokerSaysWhereTheNextOneGoesOn() throws Exception {
    MortalBroker broker = MortalBroker.start(directory.resolve("broker"));
    String first = command.file("first.jsonl", CommandFixture.lines(0, 100_000));
    Path errors = directory.resolve("first.err");
    Process process =
        JavaProcess.start(Anabranch.class, "700m", errors, run(broker, first, "--rate", "500"));
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      awaitLine(said, " | checkpoint ");
      broker.kill();
      awaitLine(said, "Kafka at " + broker.bootstrap() + " has not answered since ");
      process.toHandle().destroy();
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(errors))
        .startsWith("the run was stopped without a savepoint: Kafka did not answer\n")
        .contains("Kafka at " + broker.bootstrap() + " has not answered since ")
        .contains("; the next run goes on from file:")
        .contains("/chk-");

    try (MortalBroker again = broker.again()) {
      String second = command.file("second.jsonl", CommandFixture.lines(100_000, 1000));
      int status =
          command.run(
              run(again, second, "--until-fed", "--out", command.path("out2"))
                  .toArray(String[]::new));

      assertThat(command.err()).isEmpty();
      assertThat(status).isZero();
      int fed = fed(again);
      assertThat(fed).isGreaterThan(1000);
      assertThat(command.summary("out2").get("records").asLong()).isEqualTo(fed);
      assertThat(command.summary("out2").at("/learners/shared/examples").asLong()).isEqualTo(fed);
      assertThat(predictions(again)).hasSize(2 * fed).doesNotHaveDuplicates();
    }
  }

  private static void awaitLine(BufferedReader said, String part) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(part)) {
        return;
      }
    }
    throw new AssertionError("the run ended without saying: " + part);
  }

  private static int fed(MortalBroker broker) throws Exception {
    return ends(broker, "tried.features").values().stream().mapToInt(Long::intValue).sum();
  }

  /** Transactions that have yet to end included. */
  private static Map<TopicPartition, Long> ends(MortalBroker broker, String topic)
      throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      return new InputTopics(admin).ends(Set.of(topic));
    }
  }

  /** Learner and id of each prediction that a read-committed reader sees. */
  private static List<String> predictions(MortalBroker broker) throws Exception {
    Map<TopicPartition, Long> ends = ends(broker, "tried.predictions");
    List<String> predictions = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrap(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      while (!ends.entrySet().stream()
          .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          JsonNode prediction = JSON.readTree(record.value());
          predictions.add(prediction.get("learner") + " " + prediction.get("id"));
        }
      }
    }
    return predictions;
  }
}
