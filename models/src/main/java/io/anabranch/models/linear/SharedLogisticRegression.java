package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import io.anabranch.models.math.Numerics;

/**
 * The replica of a shared {@link LogisticRegression}: the same arithmetic, and what changed since
 * the last shipment. Truth is {u, n}, a delta {Δu, Δn, n̄}, where n̄ is the mean, weighted by g²,
 * of the n that its gradients saw without the pending change itself; statistics are those of {@link
 * InputScaling} that merge.
 */
final class SharedLogisticRegression implements SharedLearner {
  private final ExchangeShape shape;
  private final LinearState state;
  private final PendingChanges pending = new PendingChanges();
  private final StatisticTable pendingStatistics = new StatisticTable(InputScaling.WIDTH);
  private final CoordinateMarks overwrittenWeights;
  private final CoordinateMarks overwrittenStatistics;
  private long examples;

  SharedLogisticRegression(int hashBits, Hyper hyper) {
    shape = DiscountedMerge.shape(hashBits);
    state = new LinearState(hashBits, hyper);
    overwrittenWeights = new CoordinateMarks(shape.coordinateBits());
    overwrittenStatistics = new CoordinateMarks(shape.coordinateBits());
  }

  @Override
  public ExchangeShape shape() {
    return shape;
  }

  @Override
  public void predict(Example example, Prediction into) {
    into.binary(Numerics.sigmoid(state.margin(example.features())));
  }

  @Override
  public void learn(Example example) {
    FeatureVector features = example.features();
    int numeric = features.numericCount();
    for (int i = 0; i < numeric; i++) {
      int coordinate = features.coordinates()[i];
      float value = features.values()[i];
      InputScaling.count(pendingStatistics, coordinate, state.hashBits, value);
      state.scaling.add(coordinate, value);
    }
    int size = features.size();
    makeRoom(size + 1);
    double margin = state.gather(features);
    float slope = (float) ((Numerics.sigmoid(margin) - example.target()) * example.weight());
    pending.reserve(size + 1);
    update(0, numeric, state.dense, slope);
    update(numeric, size, state.sparse, slope);
    update(size, size + 1, state.dense, slope);
    examples++;
  }

  private void update(int from, int to, FtrlStep step, float slope) {
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
          Float.floatToRawIntBits(u + step.change(u, n, after, gradient));
      table[line + CoordinateTable.N] = Float.floatToRawIntBits(after);
    }
    pending.size(count);
  }

  private void makeRoom(int coordinates) {
    if (!state.weights.hasRoom(coordinates)) {
      pending.grow(state.weights, coordinates);
    }
  }

  @Override
  public void drain(CoordinateBatch[] perShard) {
    pending.drain(state.weights.lines(), perShard, shape);
    if (pendingStatistics.size() == 0) {
      return;
    }
    for (int coordinate : pendingStatistics.coordinates()) {
      CoordinateBatch batch = perShard[shape.shardOf(coordinate)];
      int to = batch.addStatistics(coordinate);
      int from = pendingStatistics.find(coordinate);
      System.arraycopy(
          pendingStatistics.values(), from, batch.statistics(), to, InputScaling.WIDTH);
    }
    pendingStatistics.clear();
  }

  @Override
  public void overwrite(CoordinateBatch truth) {
    overwrittenWeights.clear();
    overwrittenStatistics.clear();
    state.forget();
    makeRoom(truth.size());
    int[] table = state.weights.lines();
    float[] values = truth.values();
    int[] lines = state.touch(truth.coordinates(), truth.size());
    for (int i = 0; i < truth.size(); i++) {
      pending.rebase(table, lines[i], values[2 * i], values[2 * i + 1]);
    }
    for (int i = 0; i < truth.statisticsSize(); i++) {
      int coordinate = truth.statisticsCoordinates()[i];
      state.scaling.mergeable().set(coordinate, truth.statistics(), i * InputScaling.WIDTH);
      int at = pendingStatistics.find(coordinate);
      if (at >= 0) {
        merge(coordinate, pendingStatistics.values(), at);
      }
    }
  }

  @Override
  public void reapply(CoordinateBatch delta, CoordinateBatch overwritten) {
    overwrittenWeights.mark(overwritten.coordinates(), overwritten.size());
    overwrittenStatistics.mark(overwritten.statisticsCoordinates(), overwritten.statisticsSize());
    state.forget();
    int[] table = state.weights.lines();
    float[] values = delta.values();
    for (int i = 0; i < delta.size(); i++) {
      int coordinate = delta.coordinates()[i];
      if (overwrittenWeights.has(coordinate)) {
        int line = state.weights.find(coordinate);
        int at = i * delta.width();
        pending.shift(table, line, values[at], values[at + 1]);
      }
    }
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int coordinate = delta.statisticsCoordinates()[i];
      if (overwrittenStatistics.has(coordinate)) {
        merge(coordinate, delta.statistics(), i * InputScaling.WIDTH);
      }
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

  LinearState state() {
    return state;
  }

  private void merge(int coordinate, double[] from, int at) {
    StatisticTable statistics = state.scaling.mergeable();
    int into = statistics.touch(coordinate);
    InputScaling.merge(coordinate, state.hashBits, statistics.values(), into, from, at);
  }
}
