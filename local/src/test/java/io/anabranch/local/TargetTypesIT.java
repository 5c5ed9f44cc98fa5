package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that are not binary, from file to predictions, metrics and summary. */
class TargetTypesIT {
  private static final int RECORDS = 3_000;

  @TempDir Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  @Test
  void numbersArePredictedScoredAndSummedUp() throws Exception {
    StringBuilder feed = new StringBuilder("id,a,b,y\n");
    for (int i = 0; i < RECORDS; i++) {
      double a = Math.sin(i);
      double b = 1e6 * Math.cos(3.0 * i);
      feed.append("%d,%s,%s,%s%n".formatted(i, a, b, 5_000 + 1_000 * a + 1e-3 * b));
    }

    run("numeric", "linear-regression", "no-change", feed.toString());

    JsonNode line = command.summary("out").at("/learners/model");
    JsonNode last = command.summary("out").at("/learners/baseline");
    assertThat(line.get("examples").asInt()).isEqualTo(RECORDS);
    assertThat(line.get("r2").asDouble()).isGreaterThan(0.95);
    assertThat(line.get("mae").asDouble()).isLessThan(last.get("mae").asDouble() / 4);
    assertThat(line.get("rmse").asDouble()).isGreaterThan(line.get("mae").asDouble());
    assertThat(line.has("accuracy")).isFalse();
    List<JsonNode> predictions = command.records("out", "tried.predictions");
    assertThat(predictions).hasSize(2 * RECORDS);
    assertThat(predictions)
        .allSatisfy(
            prediction -> {
              assertThat(prediction.get("value")).isEqualTo(prediction.get("prediction"));
              assertThat(prediction.get("value").isNumber()).isTrue();
              assertThat(prediction.get("label").isNumber()).isTrue();
            });
    assertThat(metrics()).anyMatch(record -> record.has("r2") && record.has("rmse"));
    assertThat(command.out()).contains("MAE", "RMSE", "R2");
  }

  @Test
  void classesArePredictedScoredAndSummedUp() throws Exception {
    StringBuilder feed = new StringBuilder("id,a,b,y\n");
    for (int i = 0; i < RECORDS; i++) {
      double a = Math.sin(i);
      double b = Math.cos(3.0 * i);
      String label = a > 0.3 ? "high" : b > 0 ? "1.0" : "low";
      feed.append("%d,%s,%s,%s%n".formatted(i, a, b, label));
    }

    run("multiclass", "softmax-regression", "majority-class", feed.toString());

    JsonNode softmax = command.summary("out").at("/learners/model");
    JsonNode majority = command.summary("out").at("/learners/baseline");
    assertThat(softmax.get("examples").asInt()).isEqualTo(RECORDS);
    assertThat(softmax.get("accuracy").asDouble()).isGreaterThan(0.9);
    assertThat(softmax.get("kappa").asDouble()).isGreaterThan(0.85);
    assertThat(softmax.get("logLoss").asDouble()).isLessThan(majority.get("logLoss").asDouble());
    List<JsonNode> predictions = command.records("out", "tried.predictions");
    assertThat(predictions).hasSize(2 * RECORDS);
    // The first record's class was unknown: nothing to say, and no probability to give.
    assertThat(predictions)
        .filteredOn(prediction -> prediction.get("prediction").isNull())
        .hasSize(2)
        .allMatch(prediction -> !prediction.has("probabilities"));
    assertThat(predictions)
        .filteredOn(prediction -> prediction.get("id").asText().equals("2999"))
        .allSatisfy(
            prediction -> {
              JsonNode probabilities = prediction.get("probabilities");
              assertThat(probabilities.fieldNames())
                  .toIterable()
                  .containsExactlyInAnyOrder("high", "low", "1");
              assertThat(sum(probabilities)).isCloseTo(1, within(1e-9));
            });
    assertThat(metrics()).anyMatch(record -> record.has("kappa") && record.has("logLoss"));
    assertThat(command.out()).contains("accuracy", "kappa", "log loss");
  }

  private void run(String targetType, String type, String baseline, String feed) throws Exception {
    String pipeline =
        command.file(
            "tried.yaml",
            """
            pipeline: tried
            kafka: {bootstrap: "127.0.0.1:1"}
            input: {topic: tried.features, format: json, id: id}
            target: {field: y, type: %s}
            learners:
              - {id: model, type: %s}
              - {id: baseline, type: %s}
            checkpoint: {interval: 1s}
            """
                .formatted(targetType, type, baseline));
    int status =
        command.run(
            "run",
            pipeline,
            "--embedded",
            "--feed",
            "tried.features=" + command.file("feed.csv", feed),
            "--until-fed",
            "--out",
            command.path("out"));
    assertThat(command.err()).isEmpty();
    assertThat(status).isZero();
  }

  private List<JsonNode> metrics() throws Exception {
    return command.records("out", "tried.metrics");
  }

  private static double sum(JsonNode probabilities) {
    double sum = 0;
    for (JsonNode probability : probabilities) {
      sum += probability.asDouble();
    }
    return sum;
  }
}
