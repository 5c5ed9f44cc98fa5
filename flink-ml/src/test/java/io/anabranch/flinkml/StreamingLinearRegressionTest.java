package io.anabranch.flinkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.flink.ml.common.feature.LabeledPointWithWeight;
import org.apache.flink.ml.common.lossfunc.LeastSquareLoss;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.Vectors;
import org.apache.flink.table.api.Table;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamingLinearRegressionTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = Tables.cluster();

  /** The points of Flink ML's documentation of LinearRegression: features, label, weight. */
  private static Row documented(long n) {
    double[][] points = {
      {2, 1, 4, 1},
      {3, 2, 7, 1},
      {4, 3, 10, 1},
      {2, 4, 10, 1},
      {2, 2, 6, 1},
      {4, 3, 10, 1},
      {1, 2, 5, 1},
      {5, 3, 11, 1}
    };
    double[] point = points[(int) (n % points.length)];
    return Row.of(Vectors.dense(point[0], point[1]), point[2], point[3]);
  }

  @Test
  void onFlinkMlsDocumentedExampleFlinkMlsLossIsLeast() throws Exception {
    DenseVector coefficient = learned(0, StreamingLinearRegressionTest::documented, 2);
    // y = x1 + 2 x2, which Flink ML's documentation has as 1.141 and 1.829 after some iterations.
    assertThat(coefficient.values).containsExactly(new double[] {1, 2}, within(1e-5));
    DenseVector gradient = new DenseVector(2);
    for (int n = 0; n < 8; n++) {
      Row row = documented(n);
      LeastSquareLoss.INSTANCE.computeGradient(
          new LabeledPointWithWeight(
              row.getFieldAs(0), row.<Double>getFieldAs(1), row.<Double>getFieldAs(2)),
          coefficient,
          gradient);
    }
    assertThat(gradient.values).containsExactly(new double[] {0, 0}, within(1e-3));
  }

  @Test
  void regularisationShrinks() throws Exception {
    DenseVector coefficient = learned(1, StreamingLinearRegressionTest::documented, 2);
    assertThat(coefficient.get(0)).isBetween(0.5, 1.3);
    assertThat(coefficient.get(1)).isBetween(1.0, 1.99);
  }

  @Test
  void positionsThatSayNothingNewGetNothing() throws Exception {
    DenseVector coefficient =
        learned(
            0,
            n -> {
              double x = n % 13;
              return Row.of(Vectors.dense(x, 2 * x, 0), 3 * x, 1.0);
            },
            3);
    assertThat(coefficient.get(0) + 2 * coefficient.get(1)).isCloseTo(3, within(1e-5));
    assertThat(coefficient.get(2)).isZero();
  }

  @Test
  void vectorsOfAnotherSizeAreRefusedAndChangeNothing() throws Exception {
    // Of 3 positions there is room for 4: the fourth must not land in somebody else's sum.
    DenseVector coefficient =
        learned(
            0,
            n ->
                n % 4 == 3
                    ? Row.of(Vectors.dense(n, 1, 1, 100), -7.0, 1.0)
                    : Row.of(Vectors.dense(n % 4, n % 5, n % 7), 2.0 * (n % 4) - n % 5, 1.0),
            3);
    assertThat(coefficient.values).containsExactly(new double[] {2, -1, 0}, within(1e-5));
  }

  private interface RowOf extends java.io.Serializable {
    Row of(long n);
  }

  private static DenseVector learned(double reg, RowOf row, int size) throws Exception {
    Tables job = new Tables();
    Table points = job.points(80, 40, row::of);
    List<Row> data =
        job.collect(
            new StreamingLinearRegression()
                .setReg(reg)
                .setWeightCol("weight")
                .setNumFeatures(size)
                .fit(points)
                .getModelData()[0]);
    return data.get(data.size() - 1).getFieldAs("coefficient");
  }

  @Test
  void whatCannotBeIsRefused() {
    Tables job = new Tables();
    Table points = job.points(10, 10, StreamingLinearRegressionTest::documented);
    assertThatThrownBy(() -> new StreamingLinearRegression().setElasticNet(0.5).fit(points))
        .hasMessage("elasticNet must be 0, since normal equations know no L1, got 0.5");
    assertThatThrownBy(() -> new StreamingLinearRegression().setNumFeatures(5_000).fit(points))
        .hasMessage("numFeatures must be between 1 and 2000, got 5000");
  }
}
