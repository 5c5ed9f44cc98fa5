package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that changes while it has state. */
class PipelineChangeIT {
  private static final String HEAD =
      CommandFixture.PIPELINE.substring(0, CommandFixture.PIPELINE.indexOf("learners:"));

  @TempDir private Path directory;

  private CommandFixture run(String learners, int from, int count, String out) throws Exception {
    CommandFixture command = new CommandFixture(directory);
    String pipeline = command.file("tried.yaml", HEAD + "learners:\n" + learners);
    String feed = command.file(out + ".jsonl", CommandFixture.lines(from, count));
    int status =
        command.run(
            "run",
            pipeline,
            "--embedded",
            "--feed",
            "tried.features=" + feed,
            "--until-fed",
            "--out",
            command.path(out));
    assertThat(status).as(command.err()).isZero();
    return command;
  }

  private static LongSummaryStatistics versions(List<JsonNode> predictions, String learner) {
    return predictions.stream()
        .filter(prediction -> prediction.get("learner").asText().equals(learner))
        .mapToLong(prediction -> prediction.get("version").asLong())
        .summaryStatistics();
  }

  /**
   * A model per key counts its updates, and a prediction carries the count: the state's own word.
   */
  @Test
  void addingRemovingAndChangingALearnerLeavesTheStateOfTheOthers() throws Exception {
    run(
        """
          - {id: kept, type: logistic-regression, key: none}
          - {id: changed, type: logistic-regression, key: none}
          - {id: removed, type: majority-class, key: none}
          - {id: removed-too, type: logistic-regression, placement: shared}
        """,
        0,
        1000,
        "first");

    CommandFixture command =
        run(
            """
              - {id: added, type: logistic-regression, key: none}
              - {id: kept, type: logistic-regression, key: none}
              - {id: changed, type: logistic-regression, key: none, hyper: {alpha: 0.5}}
            """,
            1000,
            500,
            "second");

    assertThat(command.out()).contains("resuming from ");
    List<JsonNode> predictions = command.records("second", "tried.predictions");
    assertThat(versions(predictions, "kept").getMin()).isEqualTo(1000);
    assertThat(versions(predictions, "kept").getMax()).isEqualTo(1499);
    assertThat(versions(predictions, "changed").getMin()).isEqualTo(1000);
    assertThat(versions(predictions, "added").getMin()).isZero();
    assertThat(versions(predictions, "removed").getCount()).isZero();
    assertThat(command.summary("second").at("/learners/kept/examples").asLong()).isEqualTo(1500);
  }
}
