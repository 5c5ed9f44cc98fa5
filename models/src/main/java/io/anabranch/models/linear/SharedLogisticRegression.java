package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import io.anabranch.models.math.Numerics;

/** The replica of a shared {@link LogisticRegression}: the same arithmetic. */
final class SharedLogisticRegression extends SharedLinearModel {

  SharedLogisticRegression(int hashBits, Hyper hyper) {
    super(hashBits, hyper);
  }

  @Override
  public void predict(Example example, Prediction into) {
    into.binary(Numerics.sigmoid(state().margin(example.features())));
  }

  @Override
  public void learn(Example example) {
    FeatureVector features = example.features();
    count(features);
    double margin = gather(features);
    float slope = (float) ((Numerics.sigmoid(margin) - example.target()) * example.weight());
    step(features, slope, 1);
    learned();
  }
}
