package io.anabranch.flinkml;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.ml.api.Estimator;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.typeinfo.DenseVectorTypeInfo;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.regression.linearregression.LinearRegressionModel;
import org.apache.flink.ml.regression.linearregression.LinearRegressionParams;
import org.apache.flink.ml.util.ParamUtils;
import org.apache.flink.ml.util.ReadWriteUtils;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * Takes the place of training by Flink ML's {@code LinearRegression}, on an unbounded stream: the
 * same loss, whose exact minimum is known at any time, so that the parameters of iterations ({@code
 * maxIter}, {@code learningRate}, {@code globalBatchSize}, {@code tol}) have no effect. At most
 * {@link LeastSquaresSums#MOST} features.
 */
@PublicEvolving
public final class StreamingLinearRegression
    implements Estimator<StreamingLinearRegression, LinearRegressionModel>,
        LinearRegressionParams<StreamingLinearRegression>,
        StreamingParams<StreamingLinearRegression> {
  private static final TypeInformation<Row> ROW =
      Types.ROW_NAMED(new String[] {"coefficient"}, DenseVectorTypeInfo.INSTANCE);
  private static final long serialVersionUID = 1;

  private final Map<Param<?>, Object> paramMap = new HashMap<>();

  /** With default parameters. */
  public StreamingLinearRegression() {
    ParamUtils.initializeMapWithDefaultValues(paramMap, this);
  }

  /**
   * Attaches learning to the rows. Rows whose label is null are not learned from.
   *
   * @return Flink ML's model over the stream of model data
   */
  @Override
  public LinearRegressionModel fit(Table... inputs) {
    if (getElasticNet() != 0) {
      throw new IllegalArgumentException(
          "elasticNet must be 0, since normal equations know no L1, got " + getElasticNet());
    }
    TableInput input = TableInput.of(inputs);
    int size = Positions.of(getNumFeatures(), null);
    LeastSquaresSums statistic = new LeastSquaresSums(size);
    double ridge = getReg();
    Table modelData =
        new SumsLearning(
                new LeastSquaresProvider(), getName(), size, Map.of(SumsProvider.FEATURES, size))
            .attach(
                input,
                TableInput.vector(getFeaturesCol()),
                TableInput.number(getLabelCol()),
                TableInput.number(getWeightCol()),
                new double[0],
                getModelIntervalMs(),
                ROW,
                (sums, examples) -> Row.of(new DenseVector(statistic.solve(sums, ridge))));
    LinearRegressionModel model = new LinearRegressionModel().setModelData(modelData);
    ParamUtils.updateExistingParams(model, paramMap);
    return model;
  }

  @Override
  public Map<Param<?>, Object> getParamMap() {
    return paramMap;
  }

  /** Saves the parameters; initial model data are not among them. */
  @Override
  public void save(String path) throws IOException {
    ReadWriteUtils.saveMetadata(this, path);
  }

  /** Loads what {@link #save} saved; Flink ML calls it by reflection. */
  @SuppressWarnings("unused") // the environment is in the signature that Flink ML asks for
  public static StreamingLinearRegression load(StreamTableEnvironment tables, String path)
      throws IOException {
    return ReadWriteUtils.loadStageParam(path);
  }
}
