package io.anabranch.models.bayes;

import io.anabranch.models.bayes.NaiveBayes.Hyper;
import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.evidence.ClassNames;
import io.anabranch.models.evidence.Observations;
import io.anabranch.models.evidence.SharedObservations;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.SharedLearner;

/**
 * The replica of a shared {@link NaiveBayes}: all that it knows are counts and moments, which add
 * up, so that the model of any number of trainers is the one of a single one. The classes must be
 * declared: a class has the same number everywhere.
 */
final class SharedNaiveBayes implements SharedLearner {
  private final ClassNames classes;
  private final SharedObservations observations;
  private final ExchangeShape shape;
  private final NaiveBayes model;

  SharedNaiveBayes(LearnerSettings settings) {
    classes = new ClassNames(settings.target());
    observations = new SharedObservations(settings.hashBits(), classes.count());
    shape = observations.shape();
    model =
        new NaiveBayes(
            settings.target(), observations.view(), settings.hashBits(), Hyper.of(settings));
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
    double weight = Observations.bounded(example.weight());
    if (weight > 0) {
      observations.observe(example.features(), classes.of(example), weight);
    }
    model.examples(model.examples() + 1);
  }

  @Override
  public void drain(CoordinateBatch[] perShard) {
    observations.drain(coordinate -> perShard[shape.shardOf(coordinate)]);
  }

  @Override
  public void overwrite(CoordinateBatch truth) {
    observations.overwrite(truth);
  }

  @Override
  public void reapply(CoordinateBatch delta, CoordinateBatch overwritten) {
    observations.reapply(delta);
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
  NaiveBayes model() {
    return model;
  }
}
