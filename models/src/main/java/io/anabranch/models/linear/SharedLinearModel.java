package io.anabranch.models.linear;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.linear.LogisticRegression.Hyper;

/**
 * What every replica of a shared linear model with one weight for each coordinate does: the steps,
 * and what changed since the last shipment. Truth is {u, n}, a delta {Δu, Δn, n̄}, where n̄ is the
 * mean, weighted by g², of the n that its gradients saw without the pending change itself;
 * statistics are those of {@link InputScaling} that merge.
 */
abstract sealed class SharedLinearModel implements SharedLearner
    permits SharedLogisticRegression, SharedLinearRegression {
  private final ExchangeShape shape;
  private final LinearState state;
  private final PendingChanges pending = new PendingChanges();
  private final PendingStatistics statistics;
  private final CoordinateMarks overwrittenWeights;
  private long examples;

  SharedLinearModel(int hashBits, Hyper hyper) {
    shape = DiscountedMerge.shape(hashBits);
    state = new LinearState(hashBits, hyper);
    overwrittenWeights = new CoordinateMarks(shape);
    statistics = new PendingStatistics(state.scaling, hashBits, shape);
  }

  @Override
  public final ExchangeShape shape() {
    return shape;
  }

  final LinearState state() {
    return state;
  }

  /** Counts the numbers of an example. */
  final void count(FeatureVector features) {
    for (int i = 0; i < features.numericCount(); i++) {
      count(features.coordinates()[i], features.values()[i]);
    }
  }

  /** Counts a number. */
  final void count(int coordinate, double value) {
    statistics.count(coordinate, value);
    state.scaling.add(coordinate, value);
  }

  /** Gathers an example whose numbers are counted, makes room for its steps; gives the margin. */
  final double gather(FeatureVector features) {
    int size = features.size();
    makeRoom(size + 1, features.numericCount() + 1);
    double margin = state.gather(features);
    pending.reserve(size + 1);
    return margin;
  }

  /**
   * Takes a step at every coordinate of the gathered example.
   *
   * @param slope the gradient is this times the input
   * @param share which part of the step is taken; its square counts in full
   */
  final void step(FeatureVector features, float slope, float share) {
    int numeric = features.numericCount();
    int size = features.size();
    update(0, numeric, state.dense, slope, share);
    update(numeric, size, state.sparse, slope, share);
    update(size, size + 1, state.dense, slope, share);
  }

  private void update(int from, int to, FtrlStep step, float slope, float share) {
    int[] table = state.weights.lines();
    int[] entries = pending.entries();
    int first = pending.first();
    int count = pending.size();
    int[] lines = state.lines;
    float[] inputs = state.inputs;
    for (int i = from; i < to; i++) {
      int line = lines[i];
      int uBits = table[line + CoordinateTable.U];
      int nBits = table[line + CoordinateTable.N];

      // Whether a line is pending already is a coin toss, so there is no branch: the entry is
      // always written, and kept only if the line had none.
      int at = count * PendingChanges.ENTRY;
      entries[at] = line;
      entries[at + 1] = uBits;
      entries[at + 2] = nBits;
      entries[at + 3] = 0;
      int number = table[line + CoordinateTable.EXTRA];
      int fresh = (number - first) >> 31;
      table[line + CoordinateTable.EXTRA] = (number & ~fresh) | ((first + count) & fresh);
      count -= fresh;

      float u = Float.intBitsToFloat(uBits);
      float n = Float.intBitsToFloat(nBits);
      float gradient = FtrlStep.bounded(slope * inputs[i]);
      float after = FtrlStep.sum(n, gradient * gradient);
      table[line + CoordinateTable.U] =
          Float.floatToRawIntBits(u + step.change(u, n, after, share * gradient));
      table[line + CoordinateTable.N] = Float.floatToRawIntBits(after);
    }
    pending.size(count);
  }

  private void makeRoom(int coordinates, int numbers) {
    if (!state.weights.hasRoom(coordinates, numbers)) {
      pending.grow(state.weights, coordinates, numbers);
    }
  }

  @Override
  public final void drain(CoordinateBatch[] perShard) {
    pending.drain(state.weights.lines(), perShard, shape);
    statistics.drain(perShard, shape);
  }

  @Override
  public final void drain(CoordinateBatch[] perShard, double hold) {
    pending.drainLargest(state.weights.lines(), perShard, shape, hold);
    statistics.drain(perShard, shape);
  }

  @Override
  public final void overwrite(CoordinateBatch truth) {
    overwrittenWeights.clear();
    state.forget();
    overwriteWeights(truth);
    statistics.overwrite(truth);
  }

  /** What has no line needs none for being gone. */
  @Override
  public final void forget(CoordinateBatch gone) {
    overwrittenWeights.clear();
    statistics.overwrite(gone);
    state.forget();
    int[] table = state.weights.lines();
    for (int i = 0; i < gone.size(); i++) {
      int line = state.weights.find(gone.coordinates()[i]);
      if (line >= 0) {
        pending.rebase(table, line, 0, 0);
      }
    }
  }

  private void overwriteWeights(CoordinateBatch truth) {
    makeRoom(truth.size(), state.numbers(truth.coordinates(), truth.size()));
    int[] table = state.weights.lines();
    float[] values = truth.values();
    int[] lines = state.touch(truth.coordinates(), truth.size());
    for (int i = 0; i < truth.size(); i++) {
      pending.rebase(table, lines[i], values[2 * i], values[2 * i + 1]);
    }
  }

  @Override
  public final void reapply(CoordinateBatch delta, CoordinateBatch overwritten) {
    overwrittenWeights.mark(overwritten.coordinates(), overwritten.size());
    state.forget();
    int[] table = state.weights.lines();
    float[] values = delta.values();
    for (int i = 0; i < delta.size(); i++) {
      int coordinate = delta.coordinates()[i];
      if (overwrittenWeights.has(coordinate)) {
        int line = state.weights.find(coordinate);
        int at = i * delta.width();
        if (line >= 0) { // a line that is gone had not been moved
          pending.shift(table, line, values[at], values[at + 1]);
        }
      }
    }
    statistics.reapply(delta, overwritten);
  }

  /** Counts an example that was learned. */
  final void learned() {
    examples++;
  }

  @Override
  public final long examples() {
    return examples;
  }

  @Override
  public final void examples(long count) {
    examples = count;
  }
}
