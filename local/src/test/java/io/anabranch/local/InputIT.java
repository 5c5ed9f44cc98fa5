package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good and bad input, from file to output file. */
class InputIT {
  @TempDir Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  private void runUntilFed(String feed) throws Exception {
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
    assertThat(command.err()).isEmpty();
    assertThat(status).isZero();
  }

  private List<String> errors() throws Exception {
    return command.records("out", "tried.dead-letters").stream()
        .map(letter -> letter.get("headers").get("anabranch.error").asText())
        .toList();
  }

  @Test
  void everyGoodRecordIsPredictedOnceByEachLearnerAndEveryBadOneKept() throws Exception {
    String large = "{\"id\":\"large\",\"user\":\"u\",\"a\":1,\"b\":1,\"y\":1,\"t\":\"%s\"}\n";
    String feed =
        command.file(
            "feed.jsonl",
            CommandFixture.lines(0, 3000)
                + "hello\n"
                + "{\"id\":\"type\",\"user\":\"u\",\"a\":\"one\",\"b\":1,\"y\":1}\n"
                + "{\"id\":\"nan\",\"user\":\"u\",\"a\":NaN,\"b\":1,\"y\":1}\n"
                + "{\"id\":\"inf\",\"user\":\"u\",\"a\":1e400,\"b\":1,\"y\":1}\n"
                + "{\"id\":\"key\",\"a\":1,\"b\":1,\"y\":1}\n"
                + "[1,2]\n"
                + large.formatted("x".repeat(5 << 20))
                + "{\"id\":\"open\",\"user\":\"u\",\"a\":1,\"b\":1}\n");

    runUntilFed(feed);

    JsonNode summary = command.summary("out");
    assertThat(summary.get("records").asLong()).isEqualTo(3002);
    assertThat(summary.get("deadLetters").asLong()).isEqualTo(6);
    assertThat(summary.get("unlabelled").asLong()).isEqualTo(1);
    assertThat(summary.at("/learners/shared/examples").asLong()).isEqualTo(3001);
    assertThat(summary.at("/learners/single/examples").asLong()).isEqualTo(3001);
    assertThat(summary.at("/learners/shared/accuracy").asDouble()).isGreaterThan(0.9);
    assertThat(errors()).hasSize(6);
    List<JsonNode> predictions = command.records("out", "tried.predictions");
    assertThat(predictions).hasSize(2 * 3002);
    assertThat(predictions.stream().map(p -> p.get("learner") + " " + p.get("id")).distinct())
        .hasSize(2 * 3002);
    assertThat(
            predictions.stream()
                .filter(p -> p.get("learner").asText().equals("shared"))
                .map(p -> p.get("id").asText()))
        .containsAll(IntStream.range(0, 3000).mapToObj(Integer::toString).toList())
        .contains("large", "open");
  }

  @Test
  void aDeadLetterCarriesTheOriginalAndWhereItCameFrom() throws Exception {
    String feed = command.file("feed.csv", "id,user,a,b,y\n1,u,1,2,0\n2,u,NaN,2,0\n3,u,1\n");
    runUntilFed(feed);

    List<JsonNode> letters = command.records("out", "tried.dead-letters");
    assertThat(command.summary("out").get("records").asLong()).isEqualTo(1);
    assertThat(letters.stream().map(letter -> letter.get("value").asText()))
        .containsExactlyInAnyOrder(
            "{\"id\":2,\"user\":\"u\",\"a\":\"NaN\",\"b\":2,\"y\":0}", "3,u,1");
    assertThat(letters.get(0).get("headers").get("anabranch.topic").asText())
        .isEqualTo("tried.features");
    assertThat(letters.stream().map(l -> l.get("headers").get("anabranch.stage").asText()))
        .containsExactlyInAnyOrder("validate", "decode");
    assertThat(errors())
        .as("a row that is none is named by its place in the file")
        .contains(feed + ":4: a row must have 5 cells as the header has, got 3");
  }

  @Test
  void anEmptyFileIsProcessedAtOnce() throws Exception {
    runUntilFed(command.file("empty.csv", ""));

    JsonNode summary = command.summary("out");
    assertThat(summary.get("records").asLong()).isZero();
    assertThat(summary.at("/learners/shared/examples").asLong()).isZero();
    assertThat(command.records("out", "tried.predictions")).isEmpty();
  }

  @Test
  void aRecordThatNoTopicTakesEndsTheRun() throws Exception {
    String feed = command.file("feed.jsonl", "{\"id\":1}\n\"" + "x".repeat(17 << 20) + "\"\n");

    int status =
        command.run("run", command.pipeline(), "--embedded", "--feed", "tried.features=" + feed);

    assertThat(status).isEqualTo(2);
    assertThat(command.err())
        .startsWith(
            feed + ":2: a record of 17825794 bytes is more than topic tried.features takes");
  }
}
