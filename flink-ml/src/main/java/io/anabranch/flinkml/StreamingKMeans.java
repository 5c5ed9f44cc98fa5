package io.anabranch.flinkml;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.ml.api.Estimator;
import org.apache.flink.ml.clustering.kmeans.KMeansModelData;
import org.apache.flink.ml.clustering.kmeans.OnlineKMeansModel;
import org.apache.flink.ml.clustering.kmeans.OnlineKMeansParams;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.Vector;
import org.apache.flink.ml.linalg.typeinfo.DenseVectorTypeInfo;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.util.ParamUtils;
import org.apache.flink.ml.util.ReadWriteUtils;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of Flink ML's {@code OnlineKMeans}: the same parameters and the same model, whose
 * data {@link OnlineKMeansModel} transforms with. Each row moves its nearest centroid as it comes;
 * {@code decayFactor} is what centroids keep of their weight over {@code globalBatchSize} rows, so
 * 1 forgets nothing, and 0 is refused: without batches there is nothing to replace at once.
 * Distances are Euclidean.
 */
@PublicEvolving
public final class StreamingKMeans
    implements Estimator<StreamingKMeans, OnlineKMeansModel>,
        OnlineKMeansParams<StreamingKMeans>,
        StreamingParams<StreamingKMeans> {
  private static final TypeInformation<Row> ROW =
      Types.ROW_NAMED(
          new String[] {"centroids", "weights"},
          ObjectArrayTypeInfo.getInfoFor(DenseVector[].class, DenseVectorTypeInfo.INSTANCE),
          DenseVectorTypeInfo.INSTANCE);
  private static final long serialVersionUID = 1;

  private final Map<Param<?>, Object> paramMap = new HashMap<>();
  private @Nullable KMeansModelData initial;

  /** With default parameters. */
  public StreamingKMeans() {
    ParamUtils.initializeMapWithDefaultValues(paramMap, this);
  }

  /**
   * Begins with Flink ML's model data: a bounded table of centroids and weights, read at once, by a
   * job of its own. Without, centroids are drawn from [-1, 1) by {@code seed}.
   */
  public StreamingKMeans setInitialModelData(Table modelData) {
    Row row = TableInput.first(modelData);
    Vector[] centroids = row.getFieldAs(0);
    Vector weights = row.getFieldAs(1);
    DenseVector[] dense = new DenseVector[centroids.length];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = centroids[i].toDense();
    }
    return setInitialModelData(new KMeansModelData(dense, weights.toDense()));
  }

  /** Begins with known centroids. */
  public StreamingKMeans setInitialModelData(KMeansModelData modelData) {
    initial = modelData;
    return this;
  }

  /**
   * Attaches learning to the rows.
   *
   * @return Flink ML's model over the stream of model data
   */
  @Override
  public OnlineKMeansModel fit(Table... inputs) {
    if (!getDistanceMeasure().equals("euclidean")) {
      throw new IllegalArgumentException(
          "distanceMeasure must be euclidean, whose centroids are means, got "
              + getDistanceMeasure());
    }
    double decay = getDecayFactor();
    if (!(decay > 0 && decay <= 1)) {
      throw new IllegalArgumentException(
          "decayFactor must be > 0 and <= 1, where 1 forgets nothing, got " + decay);
    }
    TableInput input = TableInput.of(inputs);
    KMeansModelData begin = begin();
    int size = begin.centroids[0].size();
    int clusters = begin.centroids.length;
    KMeansSums statistic = new KMeansSums(clusters, size);
    SumsLearning learning =
        new SumsLearning(
            new KMeansProvider(),
            getName(),
            size,
            Map.of(
                SumsProvider.FEATURES,
                size,
                SumsProvider.CLUSTERS,
                clusters,
                SumsProvider.FADING,
                Math.log(decay) / getGlobalBatchSize()));
    Table modelData =
        learning.attach(
            input,
            TableInput.vector(getFeaturesCol()),
            row -> 0,
            row -> 1,
            statistic.of(values(begin.centroids), begin.weights.values),
            getModelIntervalMs(),
            ROW,
            (sums, examples) -> modelData(statistic, sums));
    OnlineKMeansModel model = new OnlineKMeansModel().setModelData(modelData);
    ParamUtils.updateExistingParams(model, paramMap);
    return model.setK(clusters);
  }

  private static Row modelData(KMeansSums statistic, double[] sums) {
    DenseVector[] centroids = new DenseVector[statistic.clusters()];
    double[] weights = new double[centroids.length];
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] = new DenseVector(statistic.centroid(sums, i));
      weights[i] = statistic.weight(sums, i);
    }
    return Row.of(centroids, new DenseVector(weights));
  }

  private static double[][] values(DenseVector[] vectors) {
    double[][] values = new double[vectors.length][];
    for (int i = 0; i < values.length; i++) {
      values[i] = vectors[i].values;
    }
    return values;
  }

  private KMeansModelData begin() {
    if (initial != null) {
      Positions.of(getNumFeatures(), initial.centroids[0]);
      return initial;
    }
    int size = Positions.of(getNumFeatures(), null);
    Random random = new Random(getSeed());
    DenseVector[] centroids = new DenseVector[getK()];
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] = new DenseVector(random.doubles(size, -1, 1).toArray());
    }
    return new KMeansModelData(centroids, new DenseVector(centroids.length));
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
  public static StreamingKMeans load(StreamTableEnvironment tables, String path)
      throws IOException {
    return ReadWriteUtils.loadStageParam(path);
  }
}
