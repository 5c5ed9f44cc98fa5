package io.anabranch.flinkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.linear.LogisticRegression;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.ml.classification.logisticregression.OnlineLogisticRegressionModel;
import org.apache.flink.ml.common.feature.LabeledPointWithWeight;
import org.apache.flink.ml.common.lossfunc.BinaryLogisticLoss;
import org.apache.flink.ml.linalg.BLAS;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.Vector;
import org.apache.flink.ml.linalg.Vectors;
import org.apache.flink.ml.linalg.typeinfo.DenseVectorTypeInfo;
import org.apache.flink.table.api.Table;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingLogisticRegressionTest {
  private static final int ROWS = 3_000;

  @RegisterExtension static final MiniClusterExtension CLUSTER = Tables.cluster();

  /** The ten points of Flink ML's documentation of LogisticRegression: features, label, weight. */
  static Row documented(long n) {
    int i = (int) (n % 10);
    boolean positive = i >= 5;
    double first = positive ? i + 6 : i + 1;
    return Row.of(Vectors.dense(first, 2, 3, 4), positive ? 1.0 : 0.0, i % 5 + 1.0);
  }

  /** The same, around 0, so that they can be told apart without an intercept from the start. */
  static Row centred(long n) {
    Row point = documented(n);
    DenseVector features = point.getFieldAs(0);
    return Row.of(
        Vectors.dense(features.get(0) - 8, 0, 1, 0), point.getField(1), point.getField(2));
  }

  static Row sparse(long n) {
    Row dense = centred(n);
    Vector features = dense.getFieldAs(0);
    return Row.of(features.toSparse(), dense.getField(1), dense.getField(2));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void flinkMlsModelTransformsWithTheStreamOfModelData(boolean sparse) throws Exception {
    Tables job = new Tables();
    Table points =
        sparse
            ? job.points(ROWS, 300, StreamingLogisticRegressionTest::sparse)
            : job.points(ROWS, 300, StreamingLogisticRegressionTest::centred);
    OnlineLogisticRegressionModel model =
        new StreamingLogisticRegression()
            .setWeightCol("weight")
            .setNumFeatures(4)
            .setModelVersionCol("modelVersion")
            .fit(points);
    List<Row> transformed = job.collect(model.transform(points)[0]);

    assertThat(transformed).hasSize(ROWS);
    long newest =
        transformed.stream().mapToLong(row -> row.<Long>getFieldAs("modelVersion")).max().orElse(0);
    assertThat(newest).isBetween(ROWS / 2L, (long) ROWS);
    // By the time half of the rows are learned, the two groups are told apart.
    assertThat(transformed)
        .filteredOn(row -> row.<Long>getFieldAs("modelVersion") > ROWS / 2)
        .allSatisfy(row -> assertThat(row.getField("prediction")).isEqualTo(row.getField("label")));
  }

  @Test
  void theModelDataAgreeWithFlinkMlsBatchFormulasOnItsOwnExample() throws Exception {
    Tables job = new Tables();
    Table points = job.points(ROWS, 1_000, StreamingLogisticRegressionTest::documented);
    OnlineLogisticRegressionModel model =
        new StreamingLogisticRegression().setWeightCol("weight").setNumFeatures(4).fit(points);
    List<Row> data = job.collect(model.getModelData()[0]);
    DenseVector coefficient = data.get(data.size() - 1).getFieldAs(0);
    assertThat(data.get(data.size() - 1).<Long>getFieldAs(1)).isEqualTo(ROWS);

    DenseVector batch = batchCoefficient();
    // What Flink ML's documentation says of its batch algorithm.
    assertThat(batch.values)
        .containsExactly(new double[] {0.528, -0.286, -0.429, -0.572}, within(0.01));
    for (int i = 0; i < 4; i++) {
      assertThat(Math.signum(coefficient.values[i])).isEqualTo(Math.signum(batch.values[i]));
    }
    for (int n = 0; n < 10; n++) {
      DenseVector features = documented(n).getFieldAs(0);
      assertThat(BLAS.dot(features, coefficient) > 0).isEqualTo(BLAS.dot(features, batch) > 0);
    }
    // The loss that both descend, computed by Flink ML, is no greater than the batch algorithm's.
    assertThat(loss(coefficient)).isLessThanOrEqualTo(loss(batch));
  }

  /** Flink ML's SGD with its defaults: 20 rounds over all points at a rate of 0.1. */
  private static DenseVector batchCoefficient() {
    DenseVector coefficient = new DenseVector(4);
    for (int round = 0; round < 20; round++) {
      DenseVector gradient = new DenseVector(4);
      double weights = 0;
      for (int n = 0; n < 10; n++) {
        BinaryLogisticLoss.INSTANCE.computeGradient(point(n), coefficient, gradient);
        weights += point(n).getWeight();
      }
      BLAS.axpy(-0.1 / weights, gradient, coefficient);
    }
    return coefficient;
  }

  private static double loss(DenseVector coefficient) {
    double loss = 0;
    for (int n = 0; n < 10; n++) {
      loss += BinaryLogisticLoss.INSTANCE.computeLoss(point(n), coefficient);
    }
    return loss;
  }

  private static LabeledPointWithWeight point(int n) {
    Row row = documented(n);
    return new LabeledPointWithWeight(row.getFieldAs(0), row.getFieldAs(1), row.getFieldAs(2));
  }

  @Test
  void oneStepIsFlinkMlsGradientInFlinkMlsFtrl() {
    LinearSettings settings = new LinearSettings(4, 0.1, 0.1, 0.02, 0.03);
    double[] start = {0.3, -0.2, 0.1, 0.4};
    LogisticRegression model =
        LogisticRegression.ofWeights(
            settings.hashBits(), LogisticRegression.Hyper.of(settings.learnerSettings()), start);
    for (int i = 0; i < 4; i++) {
      assertThat(model.weight(i)).isCloseTo((float) start[i], within(1e-6f));
    }
    LabeledPointWithWeight point = point(7);
    DenseVector gradient = new DenseVector(4);
    BinaryLogisticLoss.INSTANCE.computeGradient(point, new DenseVector(start), gradient);
    Example example = new Example();
    example.label("true", point.getLabel());
    example.weigh(point.getWeight());
    for (int i = 0; i < 4; i++) {
      example.features().addSparse(i, (float) point.getFeatures().get(i));
    }
    model.learn(example);
    for (int i = 0; i < 4; i++) {
      // n = g², σ = |g|/α, z = z₀ + g − σ w, and the weight of (z, n) with L1 and L2; z₀ is what
      // gives the starting weight while n is 0.
      double g = gradient.values[i];
      double before = -start[i] * (0.1 / 0.1 + 0.03) - Math.signum(start[i]) * 0.02;
      double z = before + g - Math.abs(g) / 0.1 * start[i];
      double weight =
          -Math.signum(z) * Math.max(0, Math.abs(z) - 0.02) / ((0.1 + Math.abs(g)) / 0.1 + 0.03);
      assertThat((double) model.weight(i)).isCloseTo(weight, within(1e-5));
    }
  }

  @Test
  void flinkMlsModelDataAreWhereLearningBegins() throws Exception {
    Tables job = new Tables();
    Table modelData =
        job.one(
            Row.of(Vectors.dense(2, -3, 4, -5), 0L),
            new String[] {"coefficient", "modelVersion"},
            DenseVectorTypeInfo.INSTANCE,
            Types.LONG);
    StreamingLogisticRegression estimator =
        new StreamingLogisticRegression()
            .setReg(0.1)
            .setElasticNet(0.5)
            .setInitialModelData(modelData);
    Table unlabelled = job.points(100, 50, n -> Row.of(documented(n).getField(0), null, 1.0));
    List<Row> data = job.collect(estimator.fit(unlabelled).getModelData()[0]);
    DenseVector coefficient = data.get(data.size() - 1).getFieldAs(0);
    assertThat(coefficient.values).containsExactly(new double[] {2, -3, 4, -5}, within(1e-5));
  }

  @Test
  void parametersAreSavedAndLoadedByFlinkMl(@TempDir Path folder) throws Exception {
    String path = folder.resolve("estimator").toString();
    new StreamingLogisticRegression().setAlpha(0.7).setNumFeatures(9).setName("mine").save(path);
    StreamingLogisticRegression loaded =
        StreamingLogisticRegression.load(new Tables().tables, path);
    assertThat(loaded.getAlpha()).isEqualTo(0.7);
    assertThat(loaded.getNumFeatures()).isEqualTo(9);
    assertThat(loaded.getName()).isEqualTo("mine");
    assertThat(loaded.getBeta()).isEqualTo(0.1);
  }

  @Test
  void theSizeOfTheVectorsMustBeKnown() {
    Tables job = new Tables();
    Table points = job.points(10, 10, StreamingLogisticRegressionTest::documented);
    assertThatThrownBy(() -> new StreamingLogisticRegression().fit(points))
        .hasMessage("numFeatures must be set, or initial model data be given, got neither");
    assertThatThrownBy(
            () ->
                new StreamingLogisticRegression()
                    .setNumFeatures(3)
                    .setInitialCoefficient(new DenseVector(4))
                    .fit(points))
        .hasMessage("numFeatures must be the size of the initial model data, 4, got 3");
    assertThatThrownBy(() -> new StreamingLogisticRegression().fit(points, points))
        .hasMessage("fit must be given 1 table, got 2");
  }
}
