package io.anabranch.flinkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.flink.ml.feature.standardscaler.OnlineStandardScalerModel;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.Vector;
import org.apache.flink.ml.linalg.Vectors;
import org.apache.flink.table.api.Table;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamingStandardScalerTest {
  private static final int ROWS = 3_000;

  @RegisterExtension static final MiniClusterExtension CLUSTER = Tables.cluster();

  /** The three points of Flink ML's documentation of StandardScaler, over and over. */
  private static Row documented(long n) {
    DenseVector[] points = {
      Vectors.dense(-2.5, 9, 1), Vectors.dense(1.4, -5, 1), Vectors.dense(2, -1, -2)
    };
    return Row.of(points[(int) (n % 3)], null, null);
  }

  @Test
  void meansAndDeviationsAreThoseOfFlinkMlsDocumentation() throws Exception {
    Tables job = new Tables();
    OnlineStandardScalerModel model =
        new StreamingStandardScaler()
            .setInputCol("features")
            .setNumFeatures(3)
            .fit(job.points(3, 3, StreamingStandardScalerTest::documented));
    List<Row> data = job.collect(model.getModelData()[0]);
    Row last = data.get(data.size() - 1);
    assertThat(last.<Long>getFieldAs("version")).isEqualTo(3);
    assertThat(last.<DenseVector>getFieldAs("mean").values)
        .containsExactly(new double[] {0.3, 1, 0}, within(1e-6));
    assertThat(last.<DenseVector>getFieldAs("std").values)
        .containsExactly(new double[] {2.4433583, 7.2111026, 1.7320508}, within(1e-6));
  }

  @Test
  void flinkMlsModelTransformsWithTheStreamOfModelData() throws Exception {
    Tables job = new Tables();
    Table points = job.points(ROWS, 300, StreamingStandardScalerTest::documented);
    OnlineStandardScalerModel model =
        new StreamingStandardScaler()
            .setInputCol("features")
            .setOutputCol("scaled")
            .setModelVersionCol("version")
            .setWithMean(true)
            .setNumFeatures(3)
            .fit(points);
    List<Row> transformed = job.collect(model.transform(points)[0]);
    assertThat(transformed).hasSize(ROWS);
    // The variance of the whole stream is that of the three points, over n instead of n - 1.
    double[] deviations = {1.99499, 5.88784, 1.41421};
    assertThat(transformed)
        .filteredOn(row -> row.<Long>getFieldAs("version") > ROWS / 2)
        .isNotEmpty()
        .allSatisfy(
            row -> {
              Vector point = row.getFieldAs("features");
              Vector scaled = row.getFieldAs("scaled");
              double[] means = {0.3, 1, 0};
              for (int i = 0; i < 3; i++) {
                assertThat(scaled.get(i))
                    .isCloseTo((point.get(i) - means[i]) / deviations[i], within(0.01));
              }
            });
  }
}
