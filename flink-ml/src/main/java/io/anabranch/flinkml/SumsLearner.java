package io.anabranch.flinkml;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.learner.SharedLearner;
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
  /** Doubles of a sum that keeps everything: the sum. */
  static final int PLAIN = 1;

  /**
   * Doubles of one that fades: value and scale, and the logarithm of what it fades the truth by.
   */
  static final int FADING = 3;

  private final Statistic statistic;
  private final ExchangeShape shape;
  private final double fading;
  private final FadingSums view;
  private FadingSums pending;
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
    shape = shape(statistic, fading);
    view = new FadingSums(statistic.sums());
    pending = new FadingSums(statistic.sums());
  }

  static ExchangeShape shape(Statistic statistic, double fading) {
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(statistic.sums() - 1));
    // One shard: the sums are few, and sent all at once.
    return new ExchangeShape(bits, 0, 0, 0, fading < 0 || statistic.mayFade() ? FADING : PLAIN);
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
      view.fade(fading);
      pending.fade(fading);
      pendingFading += fading;
    }
    statistic.add(
        example,
        view,
        (sum, value) -> {
          view.add(sum, value, 0);
          pending.add(sum, value, 0);
        });
    changed = true;
    examples++;
  }

  /** Ships the sums that something was added to; all of them when they fade. */
  @Override
  public void drain(CoordinateBatch[] perShard) {
    if (!changed) {
      return;
    }
    CoordinateBatch batch = perShard[0];
    for (int sum = 0; sum < statistic.sums(); sum++) {
      if (pending.value(sum) != 0 || pendingFading < 0) {
        int at = batch.addStatistics(sum);
        batch.statistics()[at] = pending.value(sum);
        if (shape.statisticsWidth() == FADING) {
          batch.statistics()[at + 1] = pending.scale(sum);
          batch.statistics()[at + 2] = pendingFading;
        }
      }
    }
    pending = new FadingSums(statistic.sums());
    pendingFading = 0;
    changed = false;
  }

  @Override
  public void overwrite(CoordinateBatch truth) {
    for (int i = 0; i < truth.statisticsSize(); i++) {
      int sum = truth.statisticsCoordinates()[i];
      view.set(sum, value(truth, i), scale(truth, i) + pendingFading);
      view.add(sum, pending.value(sum), pending.scale(sum));
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
        if (shape.statisticsWidth() == FADING) {
          view.fade(sum, delta.statistics()[i * FADING + 2]);
        }
        view.add(sum, value(delta, i), scale(delta, i));
      }
    }
  }

  private double value(CoordinateBatch batch, int i) {
    return batch.statistics()[i * shape.statisticsWidth()];
  }

  private double scale(CoordinateBatch batch, int i) {
    return shape.statisticsWidth() == FADING ? batch.statistics()[i * FADING + 1] : 0;
  }

  /** The sums as this learner sees them, as plain numbers. */
  double[] sums() {
    return statistic.plain(view);
  }

  /** Begins with known sums. */
  void restore(double[] sums) {
    for (int sum = 0; sum < sums.length; sum++) {
      view.set(sum, sums[sum], 0);
    }
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
