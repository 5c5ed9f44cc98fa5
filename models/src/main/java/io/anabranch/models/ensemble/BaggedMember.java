package io.anabranch.models.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Learner;

/** One member of a bag: it learns each example as often as it draws. */
final class BaggedMember implements Learner {
  private final int number;
  private final Learner base;
  private final PoissonWeights weights;
  private final Example weighted = new Example();

  BaggedMember(int number, long seed, Learner base) {
    this.number = number;
    this.base = base;
    weights = new PoissonWeights(seed, number);
  }

  @Override
  public void predict(Example example, Prediction into) {
    base.predict(example, into);
  }

  @Override
  public void learn(Example example) {
    int times = weights.of(base.examples());
    if (times == 1) {
      base.learn(example);
      return;
    }
    // What is drawn 0 times is shown too: all members count the same examples and know the same
    // classes.
    weighted.copyFrom(example);
    weighted.weigh(times * example.weight());
    base.learn(weighted);
  }

  @Override
  public long examples() {
    return base.examples();
  }

  int number() {
    return number;
  }

  Learner base() {
    return base;
  }
}
