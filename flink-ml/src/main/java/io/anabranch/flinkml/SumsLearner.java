package io.anabranch.flinkml;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.learner.SharedLearner;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A learner whose model is sums, so that several trainers' merge exactly. What was summed before
 * may fade:
 *
 * <pre>
 * S ← S · d^(1/B) + s(x)      at each example; d = 1 keeps everything
 * </pre>
 *
 * <p>Truth merges a delta of m examples as {@code S ← S · d^(m/B) + ΔS}, so examples of other
 * trainers of the same time do not fade each other. A replica's view of faded sums that are on
 * their way is close, not exact. Memory: O(sums). Time: that of {@link Statistic#add}, and O(sums)
 * when d &lt; 1.
 */
final class SumsLearner implements SharedLearner {
  /** Doubles of a sum: the sum, and the logarithm of what it fades the truth by. */
  static final int WIDTH = 2;

  private final Statistic statistic;
  private final ExchangeShape shape;
  private final double fading;
  private final double[] view;
  private final double[] pending;
  private double pendingFading;
  private boolean changed;
  private long examples;

  /**
   * Sums of nothing.
   *
   * @param fading ln(d)/B: the logarithm of what an example fades those before it by; 0 or less
   */
  SumsLearner(Statistic statistic, double fading) {
    this.statistic = statistic;
    this.fading = fading;
    shape = shape(statistic);
    view = new double[statistic.sums()];
    pending = new double[statistic.sums()];
  }

  static ExchangeShape shape(Statistic statistic) {
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(statistic.sums() - 1));
    // One shard: the sums are few, and sent all at once.
    return new ExchangeShape(bits, 0, 0, 0, WIDTH);
  }

  @Override
  public ExchangeShape shape() {
    return shape;
  }

  @Override
  public void predict(Example example, Prediction into) {
    into.numeric(statistic.predict(example, view));
  }

  @Override
  public void learn(Example example) {
    if (fading < 0) {
      double kept = Math.exp(fading);
      for (int i = 0; i < view.length; i++) {
        view[i] *= kept;
        pending[i] *= kept;
      }
      pendingFading += fading;
    }
    statistic.add(
        example,
        view,
        (sum, value) -> {
          view[sum] += value;
          pending[sum] += value;
        });
    changed = true;
    examples++;
  }

  @Override
  public void drain(CoordinateBatch[] perShard) {
    if (!changed) {
      return;
    }
    CoordinateBatch batch = perShard[0];
    for (int sum = 0; sum < pending.length; sum++) {
      int at = batch.addStatistics(sum);
      batch.statistics()[at] = pending[sum];
      batch.statistics()[at + 1] = pendingFading;
    }
    Arrays.fill(pending, 0);
    pendingFading = 0;
    changed = false;
  }

  @Override
  public void overwrite(CoordinateBatch truth) {
    double kept = Math.exp(pendingFading);
    for (int i = 0; i < truth.statisticsSize(); i++) {
      int sum = truth.statisticsCoordinates()[i];
      view[sum] = truth.statistics()[i * WIDTH] * kept + pending[sum];
    }
  }

  @Override
  public void reapply(CoordinateBatch delta, CoordinateBatch overwritten) {
    BitSet marks = new BitSet();
    for (int i = 0; i < overwritten.statisticsSize(); i++) {
      marks.set(overwritten.statisticsCoordinates()[i]);
    }
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int sum = delta.statisticsCoordinates()[i];
      if (marks.get(sum)) {
        int at = i * WIDTH;
        view[sum] = view[sum] * Math.exp(delta.statistics()[at + 1]) + delta.statistics()[at];
      }
    }
  }

  /** The sums as this learner sees them; a copy. */
  double[] sums() {
    return view.clone();
  }

  /** Begins with known sums. */
  void restore(double[] sums) {
    System.arraycopy(sums, 0, view, 0, view.length);
  }

  @Override
  public long examples() {
    return examples;
  }

  @Override
  public void examples(long count) {
    examples = count;
  }
}
