package io.anabranch.flinkml;

import io.anabranch.models.linear.LogisticRegression;
import io.anabranch.operators.embed.LearnedModel;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.typeinfo.DenseVectorTypeInfo;
import org.apache.flink.types.Row;

/**
 * Flink ML's model data of a logistic regression: the coefficient, and as its version the number of
 * examples learned, which after a failure goes back to where the checkpoint was, with the model.
 */
final class Coefficients implements MapFunction<LearnedModel, Row> {
  static final TypeInformation<Row> ROW =
      Types.ROW_NAMED(
          new String[] {"coefficient", "modelVersion"}, DenseVectorTypeInfo.INSTANCE, Types.LONG);

  private static final String TYPE = "logistic-regression";

  private final LinearSettings settings;

  Coefficients(LinearSettings settings) {
    this.settings = settings;
  }

  @Override
  public Row map(LearnedModel model) {
    LogisticRegression learned =
        (LogisticRegression)
            LinearSettings.provider(TYPE).read(model.bytes(), settings.learnerSettings());
    double[] weights = new double[settings.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = learned.weight(i);
    }
    return Row.of(new DenseVector(weights), learned.examples());
  }
}
