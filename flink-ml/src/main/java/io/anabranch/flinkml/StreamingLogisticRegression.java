package io.anabranch.flinkml;

import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.linear.LogisticRegression;
import io.anabranch.operators.embed.Label;
import io.anabranch.operators.embed.LearningStreams;
import io.anabranch.operators.embed.OnlineLearning;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.ml.api.Estimator;
import org.apache.flink.ml.classification.logisticregression.OnlineLogisticRegressionModel;
import org.apache.flink.ml.classification.logisticregression.OnlineLogisticRegressionParams;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.Vector;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.util.ParamUtils;
import org.apache.flink.ml.util.ReadWriteUtils;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of Flink ML's {@code OnlineLogisticRegression}: the same parameters, the same
 * FTRL-Proximal with its L1 and L2, the same model, whose data {@link
 * OnlineLogisticRegressionModel} transforms with. It learns from each row as it comes, in parallel,
 * and what was learned survives failures and rescaling.
 *
 * <p>{@code globalBatchSize} and {@code batchStrategy} have no effect: there are no batches. Rows
 * whose label is null are not learned from; a label of 1 is positive, any other negative.
 */
@PublicEvolving
public final class StreamingLogisticRegression
    implements Estimator<StreamingLogisticRegression, OnlineLogisticRegressionModel>,
        OnlineLogisticRegressionParams<StreamingLogisticRegression>,
        StreamingParams<StreamingLogisticRegression> {
  private static final long serialVersionUID = 1;
  private static final String TYPE = "logistic-regression";

  private final Map<Param<?>, Object> paramMap = new HashMap<>();
  private @Nullable DenseVector initial;

  /** With default parameters. */
  public StreamingLogisticRegression() {
    ParamUtils.initializeMapWithDefaultValues(paramMap, this);
  }

  /**
   * Begins with Flink ML's model data: a bounded table whose first column is the coefficient. It is
   * read at once, by a job of its own.
   */
  public StreamingLogisticRegression setInitialModelData(Table modelData) {
    Vector coefficient = TableInput.first(modelData).getFieldAs(0);
    return setInitialCoefficient(coefficient.toDense());
  }

  /** Begins with known weights. */
  public StreamingLogisticRegression setInitialCoefficient(DenseVector coefficient) {
    initial = coefficient.clone();
    return this;
  }

  /**
   * Attaches learning to the rows.
   *
   * @return Flink ML's model over the stream of model data
   */
  @Override
  public OnlineLogisticRegressionModel fit(Table... inputs) {
    TableInput input = TableInput.of(inputs);
    LearningStreams<Row> learning = learn(input);
    OnlineLogisticRegressionModel model =
        new OnlineLogisticRegressionModel()
            .setModelData(
                input
                    .tables()
                    .fromDataStream(
                        learning
                            .models()
                            .map(new Coefficients(settings()))
                            .returns(Coefficients.ROW)
                            .name(name() + "-coefficients")
                            .uid(name() + "-coefficients")
                            // One after the other: the last is the newest.
                            .setParallelism(1)));
    ParamUtils.updateExistingParams(model, paramMap);
    return model;
  }

  private LearningStreams<Row> learn(TableInput input) {
    LinearSettings settings = settings();
    String labelColumn = getLabelCol();
    OnlineLearning<Row> learning =
        OnlineLearning.on(input.rows())
            .name(name())
            .features(VectorFeatures.of(TableInput.vector(getFeaturesCol()), settings.size()))
            .label(Label.binary(row -> positive(row.getField(labelColumn))))
            .weight(TableInput.number(getWeightCol()))
            .learner(TYPE)
            .placement(Placement.SHARED)
            .hashBits(settings.hashBits())
            .modelsEvery(Duration.ofMillis(getModelIntervalMs()));
    settings.hyper().forEach(learning::hyper);
    if (initial != null) {
      LearnerProvider provider = LinearSettings.provider(TYPE);
      learning.startFrom(
          provider.write(
              LogisticRegression.ofWeights(
                  settings.hashBits(),
                  LogisticRegression.Hyper.of(settings.learnerSettings()),
                  initial.values)));
    }
    return learning.attach();
  }

  private static @Nullable Boolean positive(@Nullable Object label) {
    return label instanceof Number number ? number.doubleValue() == 1 : null;
  }

  private LinearSettings settings() {
    double l1 = getReg() * getElasticNet();
    double l2 = getReg() * (1 - getElasticNet());
    return new LinearSettings(
        Positions.of(getNumFeatures(), initial), getAlpha(), getBeta(), l1, l2);
  }

  private String name() {
    return getName().isEmpty() ? TYPE : getName();
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
  public static StreamingLogisticRegression load(StreamTableEnvironment tables, String path)
      throws IOException {
    return ReadWriteUtils.loadStageParam(path);
  }
}
