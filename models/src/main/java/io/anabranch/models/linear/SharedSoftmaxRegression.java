package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.SharedLearner;
import java.util.Arrays;

/**
 * The replica of a shared {@link SoftmaxRegression}, whose classes are all declared: a class must
 * have the same number everywhere. Truth is {u, n} for each class of a coordinate, a delta {Δu, Δn,
 * n̄}. Each replica rehearses by itself while the model is young.
 */
final class SharedSoftmaxRegression implements SharedLearner {
  private final ExchangeShape shape;
  private final int classes;
  private final PendingClassSteps pending;
  private final SoftmaxRegression model;
  private final PendingStatistics statistics;
  private final CoordinateMarks overwrittenWeights;

  SharedSoftmaxRegression(LearnerSettings settings) {
    classes = settings.target().classes().size();
    shape = DiscountedClassMerge.shape(settings.hashBits(), classes);
    pending = new PendingClassSteps(classes);
    model = new SoftmaxRegression(settings, pending);
    model.state().weights.leaveZerosOut();
    statistics = new PendingStatistics(model.state().scaling, settings.hashBits(), shape);
    overwrittenWeights = new CoordinateMarks(shape);
  }

  @Override
  public ExchangeShape shape() {
    return shape;
  }

  @Override
  public void predict(Example example, Prediction into) {
    model.predict(example, into);
  }

  @Override
  public void learn(Example example) {
    FeatureVector features = example.features();
    for (int i = 0; i < features.numericCount(); i++) {
      statistics.count(features.coordinates()[i], features.values()[i]);
    }
    model.learn(example);
  }

  @Override
  public void drain(CoordinateBatch[] perShard) {
    pending.drain(perShard, shape);
    statistics.drain(perShard, shape);
  }

  @Override
  public void drain(CoordinateBatch[] perShard, double hold) {
    pending.drainLargest(perShard, shape, hold);
    statistics.drain(perShard, shape);
  }

  @Override
  public void overwrite(CoordinateBatch truth) {
    overwrittenWeights.clear();
    ClassWeights weights = model.state().weights;
    weights.reserve(truth.size());
    for (int i = 0; i < truth.size(); i++) {
      int row = weights.touch(truth.coordinates()[i]);
      System.arraycopy(truth.values(), i * 2 * classes, weights.pairs(), row, 2 * classes);
      addPending(truth.coordinates()[i], row);
    }
    statistics.overwrite(truth);
  }

  /** What has no row needs none for being gone. */
  @Override
  public void forget(CoordinateBatch gone) {
    overwrittenWeights.clear();
    statistics.overwrite(gone);
    ClassWeights weights = model.state().weights;
    for (int i = 0; i < gone.size(); i++) {
      int row = weights.find(gone.coordinates()[i]);
      if (row >= 0) {
        Arrays.fill(weights.pairs(), row, row + 2 * classes, 0);
        addPending(gone.coordinates()[i], row);
      }
    }
  }

  private void addPending(int coordinate, int row) {
    int at = pending.find(coordinate);
    for (int k = 0; at >= 0 && k < classes; k++) {
      add(row + 2 * k, pending.changeOfU(at, k), pending.changeOfN(at, k));
    }
  }

  @Override
  public void reapply(CoordinateBatch delta, CoordinateBatch overwritten) {
    overwrittenWeights.mark(overwritten.coordinates(), overwritten.size());
    for (int i = 0; i < delta.size(); i++) {
      int coordinate = delta.coordinates()[i];
      if (overwrittenWeights.has(coordinate)) {
        int row = model.state().weights.find(coordinate);
        int at = i * PendingClassSteps.WIDTH * classes;
        for (int k = 0; row >= 0 && k < classes; k++) { // a row that is gone had not been moved
          add(row + 2 * k, delta.values()[at], delta.values()[at + 1]);
          at += PendingClassSteps.WIDTH;
        }
      }
    }
    statistics.reapply(delta, overwritten);
  }

  private void add(int at, float changeOfU, float changeOfN) {
    float[] pairs = model.state().weights.pairs();
    pairs[at] += changeOfU;
    pairs[at + 1] = FtrlStep.sum(pairs[at + 1], changeOfN);
  }

  @Override
  public long examples() {
    return model.examples();
  }

  @Override
  public void examples(long count) {
    model.examples(count);
  }

  /** The model as this replica sees it. */
  SoftmaxRegression model() {
    return model;
  }
}
