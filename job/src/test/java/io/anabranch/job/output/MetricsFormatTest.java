package io.anabranch.job.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.record.InputCounts;
import io.anabranch.operators.record.MetricsReport;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricsFormatTest {
  private static final TreeMap<String, Double> FIGURES =
      new TreeMap<>(Map.of("accuracy", 0.875, "logLoss", 0.5, "auc", Double.NaN));

  private static String json(MetricsReport report) throws IOException {
    byte[] bytes = new MetricsFormat().value(report);
    assertThat(JsonSchemas.problems("metrics", bytes)).isEmpty();
    return new String(bytes, UTF_8);
  }

  @Test
  void aWindowSaysItsLengthAndTheFiguresThatAreDefined() throws IOException {
    assertThat(json(new MetricsReport("lr", 1000, 5, 990, 1001, InputCounts.NONE, FIGURES)))
        .isEqualTo(
            "{\"v\":1,\"type\":\"metrics\",\"learner\":\"lr\",\"window\":1000,\"time\":5,"
                + "\"examples\":990,\"scored\":1001,\"accuracy\":0.875,\"logLoss\":0.5}");
  }

  @Test
  void aCumulativeReportSaysWhatDecodingCounted() throws IOException {
    assertThat(json(new MetricsReport("lr", 0, 5, 9, 10, new InputCounts(12, 1, 2), FIGURES)))
        .isEqualTo(
            "{\"v\":1,\"type\":\"metrics\",\"learner\":\"lr\",\"window\":\"cumulative\",\"time\":5,"
                + "\"examples\":9,\"scored\":10,\"records\":12,\"deadLetters\":1,\"unlabelled\":2,"
                + "\"accuracy\":0.875,\"logLoss\":0.5}");
  }

  @Test
  void hotKeysStandWithTheirSharesUnderTheirNames() throws IOException {
    TreeMap<String, Double> keys = new TreeMap<>(Map.of("u 1", 0.5, "examples", 0.125));

    assertThat(
            json(
                new MetricsReport(
                    "lr", 0, 5, 9, 10, new InputCounts(12, 1, 2), new TreeMap<>(), keys)))
        .endsWith(",\"unlabelled\":2,\"hotKeys\":{\"examples\":0.125,\"u 1\":0.5}}");
  }

  @Test
  void countsAmongTheFiguresAreWholeNumbers() throws IOException {
    TreeMap<String, Double> counts = new TreeMap<>(Map.of("drifts", 3.0, "holdoutScored", 7.0));

    assertThat(json(new MetricsReport("lr", 0, 5, 9, 10, new InputCounts(12, 1, 2), counts)))
        .endsWith(",\"unlabelled\":2,\"drifts\":3,\"holdoutScored\":7}");
  }
}
