package io.anabranch.flinkml;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.ml.api.Estimator;
import org.apache.flink.ml.feature.standardscaler.OnlineStandardScalerModel;
import org.apache.flink.ml.feature.standardscaler.OnlineStandardScalerModelParams;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.typeinfo.DenseVectorTypeInfo;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.util.ParamUtils;
import org.apache.flink.ml.util.ReadWriteUtils;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * Takes the place of Flink ML's {@code OnlineStandardScaler}: the same parameters and the same
 * model, whose data {@link OnlineStandardScalerModel} transforms with. Means and deviations are
 * over all rows so far; {@code windows} has no effect, so it is no parameter here.
 */
@PublicEvolving
public final class StreamingStandardScaler
    implements Estimator<StreamingStandardScaler, OnlineStandardScalerModel>,
        OnlineStandardScalerModelParams<StreamingStandardScaler>,
        StreamingParams<StreamingStandardScaler> {
  private static final TypeInformation<Row> ROW =
      Types.ROW_NAMED(
          new String[] {"mean", "std", "version", "timestamp"},
          DenseVectorTypeInfo.INSTANCE,
          DenseVectorTypeInfo.INSTANCE,
          Types.LONG,
          Types.LONG);
  private static final long serialVersionUID = 1;

  private final Map<Param<?>, Object> paramMap = new HashMap<>();

  /** With default parameters. */
  public StreamingStandardScaler() {
    ParamUtils.initializeMapWithDefaultValues(paramMap, this);
  }

  /**
   * Attaches learning to the rows.
   *
   * @return Flink ML's model over the stream of model data; its version is the number of rows
   */
  @Override
  public OnlineStandardScalerModel fit(Table... inputs) {
    TableInput input = TableInput.of(inputs);
    int size = Positions.of(getNumFeatures(), null);
    MomentSums statistic = new MomentSums(size);
    Table modelData =
        new SumsLearning(
                new MomentsProvider(), getName(), size, Map.of(SumsProvider.FEATURES, size))
            .attach(
                input,
                TableInput.vector(getInputCol()),
                row -> 0,
                row -> 1,
                new double[0],
                getModelIntervalMs(),
                ROW,
                (sums, examples) ->
                    Row.of(
                        new DenseVector(statistic.means(sums)),
                        new DenseVector(statistic.deviations(sums)),
                        examples,
                        // As Flink ML says that no event time bounds which rows it is for.
                        Long.MAX_VALUE));
    OnlineStandardScalerModel model = new OnlineStandardScalerModel().setModelData(modelData);
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
  public static StreamingStandardScaler load(StreamTableEnvironment tables, String path)
      throws IOException {
    return ReadWriteUtils.loadStageParam(path);
  }
}
