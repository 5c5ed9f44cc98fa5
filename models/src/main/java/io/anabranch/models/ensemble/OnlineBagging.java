package io.anabranch.models.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Ensemble;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;

/**
 * Online bagging of Hoeffding trees: each member learns each example k times, k drawn from
 * Poisson(1), and the prediction is the mean of the members' probabilities.
 *
 * <pre>
 * for each member m:   k ~ Poisson(1);   h_m ← learn(h_m, (x, y)) with weight k·w
 * P(y | x) = (1/M) Σ_m P_m(y | x)
 * </pre>
 *
 * <p>Memory: O(M × memory of a tree). Time: M times that of a tree.
 *
 * <p>Hyperparameters: {@code members} M, 1 to 1,000; those of {@link
 * io.anabranch.models.tree.HoeffdingTree.Hyper}, for each tree, with less {@code memory}.
 *
 * <p>Oza and Russell 2001, "Online Bagging and Boosting", figure 2. The reference is MOA's {@code
 * OzaBag} with {@code HoeffdingTree}; deviations: where the paper takes the class most members vote
 * for, probabilities are averaged, as MOA does; draws are a function of seed, member and number of
 * the example ({@link PoissonWeights}), so that no state of a generator is needed.
 */
public final class OnlineBagging implements Learner {
  static final String MEMBERS = "members";
  static final int DEFAULT_MEMBERS = 10;

  private final Learner[] members;
  private final Votes votes = new Votes();
  private final Prediction vote = new Prediction();

  /** An untrained model. */
  public OnlineBagging(LearnerSettings settings) {
    this(untrained(new Bag(settings)));
  }

  /** Of these members, in the order of their numbers. */
  OnlineBagging(Learner[] members) {
    this.members = members;
  }

  private static Learner[] untrained(Ensemble bag) {
    Learner[] members = new Learner[bag.members()];
    for (int i = 0; i < members.length; i++) {
      members[i] = bag.create(i);
    }
    return members;
  }

  /** How many members the settings ask for. */
  static int members(LearnerSettings settings) {
    double members = settings.number(MEMBERS, DEFAULT_MEMBERS);
    if (!(members >= 1 && members <= Votes.MOST_MEMBERS)) {
      throw new IllegalArgumentException(
          "members must be between 1 and " + Votes.MOST_MEMBERS + ", got " + members);
    }
    return (int) members;
  }

  @Override
  public void predict(Example example, Prediction into) {
    votes.clear();
    for (Learner member : members) {
      member.predict(example, vote);
      votes.add(vote);
    }
    votes.predict(into);
  }

  @Override
  public void learn(Example example) {
    for (Learner member : members) {
      member.learn(example);
    }
  }

  @Override
  public long examples() {
    return members[0].examples();
  }

  Learner[] members() {
    return members;
  }
}
