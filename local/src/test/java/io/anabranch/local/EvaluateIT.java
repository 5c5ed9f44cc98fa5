package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evaluation in this process beside the job itself, on the same file. */
class EvaluateIT {
  private static final String PIPELINE =
      """
      pipeline: compared
      kafka: {bootstrap: "127.0.0.1:1"}
      input: {topic: compared.features, format: json, id: id, key: user}
      target: {field: y, type: binary, positive: "1"}
      features: auto
      learners:
        - {id: shared, type: logistic-regression, placement: shared}
        - {id: each-user, type: logistic-regression, hyper: {alpha: 0.5, l1: 0.1}}
        - {id: each-day, type: logistic-regression, key: day}
        - {id: single, type: logistic-regression, key: none}
        - {id: majority, type: majority-class}
        - {id: last, type: no-change, key: none}
        - {id: bag, type: online-bagging, placement: ensemble, hyper: {members: 4}}
      evaluation: {window: 200, holdout: 0.1}
      checkpoint: {interval: 1s}
      """;

  /**
   * Sums of floating point are merged in chunks that depend on time: the last digits may differ.
   */
  private static final double ROUNDING = 1e-9;

  /** Weights of 32 bits make a round trip through the shards, where they are added up anew. */
  private static final double SHARED_ROUNDING = 1e-6;

  @TempDir Path directory;

  /** Three days of records, each label like the one before more often than not. */
  private static String lines() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      double a = Math.sin(i / 7.0);
      double b = Math.cos(3.0 * i);
      String y = i % 41 == 0 ? "" : ",\"y\":" + (a + b > 0 ? "1" : i % 2 == 0 ? "0" : "\"no\"");
      lines.append(
          "{\"id\":%d,\"user\":\"u%d\",\"day\":%d,\"a\":%s,\"b\":%s%s}\n"
              .formatted(i, i % 7, i % 3, a, b, y));
      if (i % 97 == 0) {
        lines.append("{\"id\":%d,\"user\":\"u1\",\"a\":1}\nhello\n".formatted(i));
      }
    }
    return lines.toString();
  }

  @Test
  void everyFigureIsThatOfTheJobAtParallelismOne() throws Exception {
    CommandFixture command = new CommandFixture(directory);
    String pipeline = command.file("compared.yaml", PIPELINE);
    String data = command.file("data.jsonl", lines());

    int job =
        command.run(
            "run",
            pipeline,
            "--embedded",
            "--parallelism",
            "1",
            "--feed",
            "compared.features=" + data,
            "--until-fed",
            "--out",
            command.path("job"));
    int evaluation =
        command.run("evaluate", data, "--pipeline", pipeline, "--out", command.path("evaluation"));

    assertThat(command.err()).isEmpty();
    assertThat(job).isZero();
    assertThat(evaluation).isZero();
    JsonNode expected = command.summary("job");
    JsonNode figures =
        new ObjectMapper().readTree(directory.resolve("evaluation/figures.json").toFile());
    for (String count : List.of("records", "deadLetters", "unlabelled")) {
      assertThat(figures.get(count).asLong())
          .as(count)
          .isEqualTo(expected.get(count).asLong())
          .isPositive();
    }
    List<String> learners = new ArrayList<>();
    expected.get("learners").fieldNames().forEachRemaining(learners::add);
    assertThat(learners)
        .containsExactly("shared", "each-user", "each-day", "single", "majority", "last", "bag");
    for (String learner : learners) {
      compare(learner, figures.at("/learners/" + learner), expected.at("/learners/" + learner));
    }
  }

  private static void compare(String learner, JsonNode actual, JsonNode expected) {
    double rounding = learner.equals("shared") ? SHARED_ROUNDING : ROUNDING;
    List<String> figures = new ArrayList<>();
    expected.fieldNames().forEachRemaining(figures::add);
    assertThat(figures).contains("examples", "scored", "accuracy", "kappa", "kappaTemporal");
    assertThat(figures).contains("holdoutScored", "holdoutAccuracy", "holdoutKappa");
    for (String figure : figures) {
      assertThat(actual.has(figure)).as("%s has %s", learner, figure).isTrue();
      assertThat(actual.get(figure).asDouble())
          .as("%s of %s", figure, learner)
          .isCloseTo(expected.get(figure).asDouble(), within(rounding));
    }
  }
}
