package io.anabranch.flinkml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.ml.classification.logisticregression.OnlineLogisticRegressionModel;
import org.apache.flink.ml.linalg.Vectors;
import org.apache.flink.table.api.Table;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code docs/flink-ml.md} shows is the code below, and does what the page says. */
class DocumentedExampleTest {
  private static final Path SOURCE =
      Path.of("src/test/java/io/anabranch/flinkml/DocumentedExampleTest.java");
  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @RegisterExtension static final MiniClusterExtension CLUSTER = Tables.cluster();

  /** Forty numbers, of which the first decides. */
  private static Row visit(long n) {
    double[] numbers = new SplittableRandom(n).doubles(40, -1, 1).toArray();
    return Row.of(Vectors.dense(numbers), numbers[0] > 0 ? 1.0 : 0.0, 1.0);
  }

  @Test
  void theProgramOfTheDocumentationPredictsEveryVisitor() throws Exception {
    Tables job = new Tables();
    Table examples = job.points(2_000, 200, DocumentedExampleTest::visit);
    Table visitors = job.points(1_000, 100, n -> visit(n + 2_000));

    OnlineLogisticRegressionModel model =
        new StreamingLogisticRegression()
            .setFeaturesCol("features")
            .setLabelCol("label")
            .setNumFeatures(40)
            .fit(examples);
    Table predictions = model.transform(visitors)[0];

    List<Row> predicted = job.collect(predictions);
    assertThat(predicted).hasSize(1_000);
    // How many of them are right depends on how much was learned before they came.
    assertThat(predicted).extracting(row -> row.getField("prediction")).containsOnly(0.0, 1.0);
  }

  @Test
  void everyProgramOfTheDocumentationIsInThisTest() throws IOException {
    String source = withoutIndentation(Files.readString(SOURCE));
    List<String> quoted =
        PROGRAM
            .matcher(Files.readString(Path.of("../docs/flink-ml.md")))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(quoted).isNotEmpty();
    assertThat(quoted)
        .allSatisfy(program -> assertThat(source).contains(withoutIndentation(program)));
  }

  private static String withoutIndentation(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
  }
}
