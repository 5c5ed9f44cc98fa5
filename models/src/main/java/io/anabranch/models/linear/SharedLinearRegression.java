package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;

/**
 * The replica of a shared {@link LinearRegression}: the same arithmetic. The moments of the target
 * are statistics of the intercept's coordinate, and merge as those of the inputs do.
 */
final class SharedLinearRegression extends SharedLinearModel {
  private final RegressionLoss loss;
  private final TargetScale scale;

  SharedLinearRegression(int hashBits, LinearRegression.Hyper hyper) {
    super(hashBits, hyper.steps());
    loss = RegressionLoss.of(hyper.loss(), hyper.delta());
    scale = new TargetScale(state().scaling.mergeable(), FeatureVector.bias(hashBits));
  }

  @Override
  public void predict(Example example, Prediction into) {
    into.numeric(scale.restore(state().margin(example.features())));
  }

  @Override
  public void learn(Example example) {
    FeatureVector features = example.features();
    count(features);
    double target = scale.bounded(example.target());
    count(FeatureVector.bias(state().hashBits), target);
    learned();
    if (scale.deviation() > 0) {
      double error = gather(features) - scale.standardise(target);
      double weight = Math.min(Float.MAX_VALUE, example.weight());
      float slope = FtrlStep.bounded((float) (weight * loss.slope(error)));
      float share = (float) loss.share(error, weight * state().reach(features, slope));
      step(features, slope, share);
    }
  }
}
