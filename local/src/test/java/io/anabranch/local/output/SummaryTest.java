package io.anabranch.local.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  @TempDir Path directory;

  private static MetricsLine line(String json) throws Exception {
    return MetricsLine.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  @Test
  void theFileHoldsTheLastCumulativeFiguresOfEachLearner() throws Exception {
    MetricsLine lr =
        line(
            "{\"v\":1,\"type\":\"metrics\",\"learner\":\"lr\",\"window\":\"cumulative\",\"time\":99,"
                + "\"examples\":90,\"scored\":91,\"records\":100,\"deadLetters\":3,"
                + "\"unlabelled\":9,\"accuracy\":0.75,\"logLoss\":0.5}");
    Path file = directory.resolve("summary.json");

    Summary.of("flights", List.of("lr", "idle"), Map.of("lr", lr), 40, 1.5).write(file);

    assertThat(Files.readString(file))
        .isEqualToNormalizingNewlines(
            """
            {
              "pipeline" : "flights",
              "records" : 100,
              "deadLetters" : 3,
              "unlabelled" : 9,
              "pending" : 0,
              "seconds" : 1.5,
              "recordsPerSecond" : 40.0,
              "learners" : {
                "lr" : {
                  "examples" : 90,
                  "scored" : 91,
                  "accuracy" : 0.75,
                  "logLoss" : 0.5
                },
                "idle" : {
                  "examples" : 0,
                  "scored" : 0
                }
              }
            }""");
  }

  @Test
  void aRunThatEndedAtOnceHasNoRate() throws Exception {
    assertThat(Summary.of("p", List.of("a"), Map.of(), 0, 0).recordsPerSecond()).isZero();
  }

  @Test
  void whatIsNoMetricsRecordIsLeftOut() throws Exception {
    for (String other : List.of("", "[]", "{}", "not json", "{\"learner\":1}", "{\"learner\":")) {
      assertThat(MetricsLine.parse(other.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
    assertThat(MetricsLine.parse(null)).isEmpty();
  }
}
