package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  @TempDir Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  /** Records whose class is that of a, with the number n beside it. */
  private String data() throws Exception {
    StringBuilder lines = new StringBuilder("row,a,n,y\n");
    for (int i = 0; i < 1_000; i++) {
      String a = i * 7 % 10 < 3 ? "red" : "blue";
      String y = i % 100 == 99 ? "" : a.equals("red") ? "yes" : "no";
      lines.append(i).append(',').append(a).append(',').append(i % 13).append(',');
      lines.append(y).append('\n');
    }
    return command.file("data.csv", lines.append("1,2\n").toString());
  }

  private int evaluate(String... options) throws Exception {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "evaluate";
    arguments[1] = data();
    arguments[2] = "--out";
    arguments[3] = command.path("out");
    System.arraycopy(options, 0, arguments, 4, options.length);
    return command.run(arguments);
  }

  private void refused(String message, String... options) throws Exception {
    assertThat(evaluate(options)).isEqualTo(2);
    assertThat(command.err().lines().findFirst()).contains(message);
  }

  private JsonNode figures() throws Exception {
    return new ObjectMapper().readTree(directory.resolve("out/figures.json").toFile());
  }

  @Test
  void whatWasGuessedIsSaidAndTheBestLearnerComesFirst() throws Exception {
    assertThat(evaluate("--learner", "logistic-regression")).isZero();

    assertThat(command.err()).isEmpty();
    assertThat(command.out().replaceAll("[0-9.]+ s, [0-9,]+ records/s", "S"))
        .startsWith(
            """
            target y (by its name): binary, 2 labels, 'yes' the positive one
            id row, no feature
            1,000 records, 10 unlabelled, 1 dead letters; S
              the first dead letter: line 1002: a row must have 4 cells as the header has, got 2

              learner""");
    assertThat(figures().get("learners").fieldNames().next()).isEqualTo("logistic-regression");
    assertThat(figures().at("/learners/logistic-regression/accuracy").asDouble())
        .isGreaterThan(0.95);
    assertThat(figures().at("/learners/majority-class/baseline").asBoolean()).isTrue();
    assertThat(figures().at("/learners/no-change/examples").asInt()).isEqualTo(990);
    assertThat(figures().at("/deadLetters").asInt()).isEqualTo(1);
  }

  @Test
  void theCurvesAreDrawnAsAnImageAndAsVectors() throws Exception {
    assertThat(evaluate("--window", "100")).isZero();

    BufferedImage image = ImageIO.read(directory.resolve("out/plot.png").toFile());
    assertThat(image.getWidth()).isEqualTo(2_200);
    assertThat(image.getHeight()).isEqualTo(1_520);
    int[] pixels = image.getRGB(0, 0, 2_200, 1_520, null, 0, 2_200);
    assertThat(pixels).contains(0xFFFFFFFF, 0xFF0072B2); // white, and the first learner's colour
    String svg = Files.readString(directory.resolve("out/plot.svg"));
    assertThat(svg.contains("viewBox=\"0 0 1100 760\"")).isTrue();
    assertThat(svg.strip().endsWith("</svg\n>")).isTrue();
    assertThat(figures().at("/learners/no-change/curve")).hasSize(9);
    assertThat(figures().at("/learners/no-change/curve/0/scored").asInt()).isEqualTo(100);
  }

  @Test
  void aKeyGivesEachLearnerAModelPerKeyBesideItsSingleOne() throws Exception {
    assertThat(evaluate("--key", "a", "--learner", "majority-class")).isZero();

    assertThat(figures().at("/learners/majority-class/models").asInt()).isEqualTo(1);
    assertThat(figures().at("/learners/majority-class.per-key/models").asInt()).isEqualTo(2);
    assertThat(figures().at("/learners/majority-class.per-key/accuracy").asDouble())
        .isGreaterThan(0.99);
  }

  @Test
  void shuffledRecordsAreTheSameForTheSameSeed() throws Exception {
    assertThat(evaluate("--shuffle", "5", "--limit", "300")).isZero();
    JsonNode first = figures().get("learners");
    assertThat(evaluate("--shuffle", "5", "--limit", "300")).isZero();
    assertThat(figures().get("learners")).isEqualTo(first);
    assertThat(figures().get("records").asInt() + figures().get("deadLetters").asInt())
        .isEqualTo(300);
    assertThat(evaluate("--shuffle", "6", "--limit", "300")).isZero();
    assertThat(figures().get("learners")).isNotEqualTo(first);
  }

  @Test
  void hyperparametersReachTheLearnersThatHaveThem() throws Exception {
    assertThat(evaluate("--hyper", "l1=1000")).isZero();
    assertThat(figures().at("/learners/logistic-regression/logLoss").asDouble())
        .isCloseTo(Math.log(2), within(1e-12));
  }

  @Test
  void aNumericTargetHasNumericFiguresAndCurves() throws Exception {
    assertThat(evaluate("--target", "n")).isZero();
    assertThat(command.out()).startsWith("target n: multiclass, 13 different labels\n");
    assertThat(evaluate("--target", "n", "--type", "numeric")).isZero();
    assertThat(figures().at("/learners/no-change/mae").asDouble()).isBetween(1.0, 3.0);
    assertThat(directory.resolve("out/plot.png")).exists();
  }

  @Test
  void aPipelineFileIsEvaluatedAsItIs() throws Exception {
    String pipeline =
        command.file(
            "p.yaml",
            """
            pipeline: p
            input: {topic: p.features, format: csv, columns: [a, n, y]}
            target: {field: y, type: binary, positive: "no"}
            learners: [{id: last, type: no-change}]
            """);
    assertThat(evaluate("--pipeline", pipeline, "--window", "330")).isZero();
    assertThat(figures().at("/learners/last/examples").asInt()).isEqualTo(990);
    assertThat(figures().at("/learners/last/curve")).hasSize(3);
    refused(
        "--target cannot be given with --pipeline, whose file says it",
        "--pipeline",
        pipeline,
        "--target",
        "y");
  }

  @Test
  void aFieldThatIsNotThereIsRefused() throws Exception {
    refused(
        "--target must be a field of " + command.path("data.csv") + " (row, a, n, y), got z",
        "--target",
        "z");
  }

  @Test
  void aLearnerThatDoesNotFitTheTargetIsRefused() throws Exception {
    assertThat(evaluate("--learner", "k-means")).isEqualTo(2);
    assertThat(command.err())
        .startsWith("--learner must be one of ")
        .contains(" for a binary target, got k-means");
  }

  @Test
  void aHyperparameterThatNoLearnerHasIsRefused() throws Exception {
    refused(
        "--hyper must name a hyperparameter of these learners (they have none), got alpha",
        "--learner",
        "no-change",
        "--hyper",
        "alpha=1");
  }

  @Test
  void aHyperparameterOutOfRangeIsRefusedAsInAPipelineFile() throws Exception {
    assertThat(evaluate("--learner", "logistic-regression", "--hyper", "alpha=-1")).isEqualTo(2);
    assertThat(command.err()).contains("hyper.alpha=-1: must be > 0, got -1");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertThat(command.run("evaluate", command.path("no.csv"), "--target", "y")).isEqualTo(2);
    assertThat(command.err()).isEqualTo(command.path("no.csv") + ": no such file\n");
  }
}
