package io.anabranch.flinkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.ml.clustering.kmeans.KMeansModelData;
import org.apache.flink.ml.clustering.kmeans.OnlineKMeansModel;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.Vectors;
import org.apache.flink.ml.linalg.typeinfo.DenseVectorTypeInfo;
import org.apache.flink.table.api.Table;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamingKMeansTest {
  private static final int ROWS = 3_000;

  @RegisterExtension static final MiniClusterExtension CLUSTER = Tables.cluster();

  /** Points of two groups, around (10, 10) and around (-10, -10), a third of them in the first. */
  private static Row point(long n) {
    double centre = n % 3 == 0 ? 10 : -10;
    return Row.of(
        Vectors.dense(centre + n % 7 - 3, centre + n % 5 - 2), n % 3 == 0 ? 1.0 : 0.0, 1.0);
  }

  @Test
  void flinkMlsModelTransformsWithTheStreamOfModelData() throws Exception {
    Tables job = new Tables();
    Table points = job.points(ROWS, 300, StreamingKMeansTest::point);
    OnlineKMeansModel model =
        new StreamingKMeans()
            .setDecayFactor(1.0)
            .setInitialModelData(begin(Vectors.dense(1, 1), Vectors.dense(-1, -1)))
            .fit(points);
    List<Row> transformed = job.collect(model.transform(points)[0]);
    assertThat(transformed)
        .hasSize(ROWS)
        .allSatisfy(
            row ->
                assertThat(row.getField("prediction"))
                    .isEqualTo(row.<Double>getFieldAs("label") == 1 ? 0 : 1));
  }

  @Test
  void centroidsAreTheMeansOfWhatIsNearestToThem() throws Exception {
    List<Row> data = modelData(2, 1.0, StreamingKMeansTest::point);
    DenseVector[] centroids = data.get(data.size() - 1).getFieldAs("centroids");
    DenseVector weights = data.get(data.size() - 1).getFieldAs("weights");
    double[][] sums = new double[2][2];
    int[] counts = new int[2];
    for (int n = 0; n < ROWS; n++) {
      Row row = point(n);
      int group = row.<Double>getFieldAs(1) == 1 ? 0 : 1;
      DenseVector point = row.getFieldAs(0);
      sums[group][0] += point.get(0);
      sums[group][1] += point.get(1);
      counts[group]++;
    }
    for (int group = 0; group < 2; group++) {
      assertThat(weights.get(group)).isCloseTo(counts[group], within(0.01));
      for (int i = 0; i < 2; i++) {
        assertThat(centroids[group].get(i)).isCloseTo(sums[group][i] / counts[group], within(1e-4));
      }
    }
  }

  @Test
  void whatFadesLeavesTheCentroidsWhereTheStreamIsNow() throws Exception {
    // From the middle on everything is 5 further to the right.
    List<Row> data =
        modelData(
            1,
            0.5,
            n -> {
              Row row = point(n);
              DenseVector point = row.getFieldAs(0);
              point.values[0] += n < ROWS / 2 ? 0 : 5;
              return row;
            });
    DenseVector[] centroids = data.get(data.size() - 1).getFieldAs("centroids");
    DenseVector weights = data.get(data.size() - 1).getFieldAs("weights");
    assertThat(centroids[0].get(0)).isCloseTo(15, within(1.5));
    assertThat(centroids[1].get(0)).isCloseTo(-5, within(1.5));
    // A geometric series: 32 rows keep a half, so that all rows together weigh 32 / ln 2.
    assertThat(weights.get(0) + weights.get(1)).isCloseTo(32 / Math.log(2), within(1.0));
  }

  private static List<Row> modelData(int parallelism, double decay, RowOf row) throws Exception {
    Tables job = new Tables(parallelism);
    OnlineKMeansModel model =
        new StreamingKMeans()
            .setDecayFactor(decay)
            .setInitialModelData(begin(Vectors.dense(1, 1), Vectors.dense(-1, -1)))
            .fit(job.points(ROWS, 300, row::of));
    return job.collect(model.getModelData()[0]);
  }

  private interface RowOf extends java.io.Serializable {
    Row of(long n);
  }

  @Test
  void flinkMlsModelDataAreWhereLearningBegins() throws Exception {
    Tables job = new Tables();
    Table modelData =
        job.one(
            Row.of(
                new DenseVector[] {Vectors.dense(7, 8), Vectors.dense(9, 10)},
                Vectors.dense(1_000_000, 2_000_000)),
            new String[] {"centroids", "weights"},
            ObjectArrayTypeInfo.getInfoFor(DenseVector[].class, DenseVectorTypeInfo.INSTANCE),
            DenseVectorTypeInfo.INSTANCE);
    OnlineKMeansModel model =
        new StreamingKMeans()
            .setDecayFactor(1.0)
            .setInitialModelData(modelData)
            .fit(job.points(10, 10, StreamingKMeansTest::point));
    assertThat(model.getK()).isEqualTo(2);
    List<Row> data = job.collect(model.getModelData()[0]);
    DenseVector[] centroids = data.get(data.size() - 1).getFieldAs("centroids");
    assertThat(centroids[0].values).containsExactly(new double[] {7, 8}, within(1e-3));
    assertThat(centroids[1].values).containsExactly(new double[] {9, 10}, within(1e-3));
  }

  @Test
  void whatCannotBeIsRefused() {
    Tables job = new Tables();
    Table points = job.points(10, 10, StreamingKMeansTest::point);
    assertThatThrownBy(() -> new StreamingKMeans().setNumFeatures(2).fit(points))
        .hasMessage("decayFactor must be > 0 and <= 1, where 1 forgets nothing, got 0.0");
    assertThatThrownBy(() -> new StreamingKMeans().setDistanceMeasure("cosine").fit(points))
        .hasMessage("distanceMeasure must be euclidean, whose centroids are means, got cosine");
    assertThatThrownBy(() -> new StreamingKMeans().setDecayFactor(1.0).fit(points))
        .hasMessage("numFeatures must be set, or initial model data be given, got neither");
  }

  private static KMeansModelData begin(DenseVector... centroids) {
    return new KMeansModelData(centroids, new DenseVector(centroids.length));
  }
}
