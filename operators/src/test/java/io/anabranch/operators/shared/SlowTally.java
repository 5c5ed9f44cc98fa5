package io.anabranch.operators.shared;

import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.LearnerSettings;
import java.util.Optional;

/**
 * A {@link Tally} whose shards work so hard on each coordinate that trainers must wait for them.
 */
public final class SlowTally extends Tally {
  static final String SLOW_TYPE = "test-slow-tally";
  private static final int ROUNDS = 20_000;

  /** Sums, after much ado. */
  private record HardEarned(Sums sums) implements MergeRule {
    @Override
    public ExchangeShape shape() {
      return sums.shape();
    }

    @Override
    public void merge(
        int coordinate, float[] truth, int at, float[] delta, int from, int activeTrainers) {
      long work = coordinate;
      for (int round = 0; round < ROUNDS; round++) {
        work = (work ^ (work >>> 33)) * 0xff51afd7ed558ccdL + round;
      }
      if (work != 0) { // never is, but the compiler can't know
        sums.merge(coordinate, truth, at, delta, from, activeTrainers);
      }
    }

    @Override
    public void mergeStatistics(int coordinate, double[] truth, int at, double[] delta, int from) {
      sums.mergeStatistics(coordinate, truth, at, delta, from);
    }
  }

  @Override
  public String type() {
    return SLOW_TYPE;
  }

  @Override
  public Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return Optional.of(new HardEarned(new Sums(shape(settings.hashBits()))));
  }
}
