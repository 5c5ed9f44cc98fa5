package io.anabranch.flinkml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.ml.classification.logisticregression.LogisticRegression;
import org.apache.flink.ml.classification.logisticregression.LogisticRegressionModel;
import org.apache.flink.ml.classification.logisticregression.OnlineLogisticRegression;
import org.apache.flink.ml.classification.logisticregression.OnlineLogisticRegressionModel;
import org.apache.flink.ml.clustering.kmeans.KMeans;
import org.apache.flink.ml.clustering.kmeans.KMeansModel;
import org.apache.flink.ml.clustering.kmeans.OnlineKMeans;
import org.apache.flink.ml.clustering.kmeans.OnlineKMeansModel;
import org.apache.flink.ml.feature.standardscaler.OnlineStandardScalerModel;
import org.apache.flink.ml.feature.standardscaler.StandardScaler;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.Vectors;
import org.apache.flink.ml.linalg.typeinfo.DenseVectorTypeInfo;
import org.apache.flink.ml.regression.linearregression.LinearRegression;
import org.apache.flink.ml.regression.linearregression.LinearRegressionModel;
import org.apache.flink.table.api.Table;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Measures which parts of Flink ML 2.2.0 run on this Flink; docs/flink-ml.md has the outcome. */
class FlinkMlOnThisFlinkTest {
  private static final int ROWS = 20;
  private static final String RUNS = "runs";

  // The iteration runtime is not to be had for this Flink, and its operators wrap Flink's own.
  private static final String NO_ITERATION = "ClassNotFoundException: org.apache.flink.iteration.";

  @RegisterExtension static final MiniClusterExtension CLUSTER = Tables.cluster();

  private final Tables job = new Tables();
  private final Table points = job.points(ROWS, ROWS, StreamingLogisticRegressionTest::documented);

  @Test
  void modelsOfUnboundedModelDataRun() {
    assertThat(
            outcome(
                () ->
                    new OnlineLogisticRegressionModel()
                        .setModelData(coefficientAndVersion())
                        .transform(points)[0]))
        .isEqualTo(RUNS);
    assertThat(
            outcome(
                () ->
                    new OnlineKMeansModel().setK(2).setModelData(centroids()).transform(points)[0]))
        .isEqualTo(RUNS);
    assertThat(
            outcome(
                () ->
                    new OnlineStandardScalerModel()
                        .setInputCol("features")
                        .setModelData(moments())
                        .transform(points)[0]))
        .isEqualTo(RUNS);
  }

  @Test
  void whatTrainsInOnePassRuns() {
    assertThat(
            outcome(
                () -> new StandardScaler().setInputCol("features").fit(points).getModelData()[0]))
        .isEqualTo(RUNS);
  }

  @Test
  void modelsOfBroadcastModelDataDoNotRun() {
    assertThat(
            outcome(
                () ->
                    new LogisticRegressionModel()
                        .setModelData(coefficientAndVersion())
                        .transform(points)[0]))
        .startsWith(NO_ITERATION);
    assertThat(outcome(() -> new KMeansModel().setModelData(centroids()).transform(points)[0]))
        .startsWith(NO_ITERATION);
    assertThat(
            outcome(
                () -> new LinearRegressionModel().setModelData(coefficient()).transform(points)[0]))
        .startsWith(NO_ITERATION);
  }

  @Test
  void whatTrainsInIterationsDoesNotRun() {
    assertThat(outcome(() -> new LogisticRegression().fit(points).getModelData()[0]))
        .startsWith(NO_ITERATION);
    assertThat(outcome(() -> new LinearRegression().fit(points).getModelData()[0]))
        .startsWith(NO_ITERATION);
    assertThat(outcome(() -> new KMeans().fit(points).getModelData()[0])).startsWith(NO_ITERATION);
    assertThat(
            outcome(
                () ->
                    new OnlineLogisticRegression()
                        .setInitialModelData(coefficientAndVersion())
                        .fit(points)
                        .getModelData()[0]))
        .startsWith(NO_ITERATION);
    assertThat(
            outcome(
                () ->
                    new OnlineKMeans()
                        .setInitialModelData(centroids())
                        .fit(points)
                        .getModelData()[0]))
        .startsWith(NO_ITERATION);
  }

  /** "runs", or the name and message of what it fails with. */
  private String outcome(Callable<Table> stage) {
    try {
      job.collect(stage.call());
      return RUNS;
    } catch (Throwable failure) { // missing classes are errors
      Throwable cause = failure;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
  }

  private Table coefficientAndVersion() {
    return job.one(
        Row.of(Vectors.dense(1, 0, 0, 0), 3L),
        new String[] {"coefficient", "modelVersion"},
        DenseVectorTypeInfo.INSTANCE,
        Types.LONG);
  }

  private Table coefficient() {
    return job.one(
        Row.of(Vectors.dense(1, 0, 0, 0)),
        new String[] {"coefficient"},
        DenseVectorTypeInfo.INSTANCE);
  }

  private Table centroids() {
    return job.one(
        Row.of(
            new DenseVector[] {Vectors.dense(1, 0, 0, 0), Vectors.dense(2, 0, 0, 0)},
            Vectors.dense(1, 1)),
        new String[] {"centroids", "weights"},
        ObjectArrayTypeInfo.getInfoFor(DenseVector[].class, DenseVectorTypeInfo.INSTANCE),
        DenseVectorTypeInfo.INSTANCE);
  }

  private Table moments() {
    return job.one(
        Row.of(new DenseVector(4), Vectors.dense(1, 1, 1, 1), 0L, Long.MAX_VALUE),
        new String[] {"mean", "std", "version", "timestamp"},
        DenseVectorTypeInfo.INSTANCE,
        DenseVectorTypeInfo.INSTANCE,
        Types.LONG,
        Types.LONG);
  }
}
