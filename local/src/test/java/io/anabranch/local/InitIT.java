package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline file that was printed, run by the command that stands in it. */
class InitIT {
  @TempDir Path directory;

  @Test
  void whatWasWrittenRunsAsItIs() throws Exception {
    CommandFixture command = new CommandFixture(directory);
    StringBuilder rows = new StringBuilder("trip_id,when,city,x,late\n");
    for (int i = 0; i < 600; i++) {
      rows.append(i).append(",2024-02-%02d,c%d,".formatted(i % 28 + 1, i % 4));
      rows.append(i % 7).append(',').append(i % 7 > 3 ? 1 : 0).append('\n');
    }
    String data = command.file("trips.csv", rows.toString());
    String pipeline = command.path("trips.yaml");
    assertThat(command.run("init", data, "--target", "late", "--out", pipeline)).isZero();
    String line =
        Files.readAllLines(Path.of(pipeline)).stream()
            .filter(text -> text.startsWith("#   ./anabranch run "))
            .findFirst()
            .orElseThrow();
    String[] words = line.substring("#   ./anabranch ".length()).split(" ");

    int status =
        command.run(
            Stream.concat(Stream.of(words), Stream.of("--out", command.path("out")))
                .toArray(String[]::new));

    assertThat(command.err()).isEmpty();
    assertThat(status).isZero();
    JsonNode summary = command.summary("out");
    assertThat(summary.get("records").asLong()).isEqualTo(600);
    assertThat(summary.get("deadLetters").asLong()).isZero();
    assertThat(summary.at("/learners/logistic-regression/examples").asLong()).isEqualTo(600);
    assertThat(summary.at("/learners/no-change/accuracy").asDouble()).isPositive();
  }
}
