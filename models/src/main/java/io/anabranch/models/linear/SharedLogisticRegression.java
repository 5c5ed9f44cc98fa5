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
 * of the n that its gradients saw without the pending change itself; statistics are {count, mean,
 * M2}.
 */
final class SharedLogisticRegression implements SharedLearner {
  private final ExchangeShape shape;
  private final LinearState state;
  private final PendingChanges pending = new PendingChanges();
  private final MomentTable pendingMoments = new MomentTable();
  private final CoordinateMarks overwrittenWeights;
  private final CoordinateMarks overwrittenMoments;
  private long examples;

  SharedLogisticRegression(int hashBits, Hyper hyper) {
    shape = DiscountedMerge.shape(hashBits);
    state = new LinearState(hashBits, hyper);
    overwrittenWeights = new CoordinateMarks(shape.coordinateBits());
    overwrittenMoments = new CoordinateMarks(shape.coordinateBits());
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
      state.moments.add(features.coordinates()[i], features.values()[i]);
      pendingMoments.add(features.coordinates()[i], features.values()[i]);
    }
    double margin = state.gather(features);
    float slope = (float) ((Numerics.sigmoid(margin) - example.target()) * example.weight());
    int size = features.size();
    pending.reserve(size + 1);
    update(0, numeric, state.dense, slope);
    update(numeric, size, state.sparse, slope);
    update(size, size + 1, state.dense, slope);
    examples++;
  }

  private void update(int from, int to, FtrlStep step, float slope) {
    int[] table = state.weights.lines();
    int[] changes = pending.entries();
    int[] lines = state.lines;
    float[] inputs = state.inputs;
    for (int i = from; i < to; i++) {
      int line = lines[i];
      float gradient = FtrlStep.bounded(slope * inputs[i]);
      float u = Float.intBitsToFloat(table[line + CoordinateTable.U]);
      float n = Float.intBitsToFloat(table[line + CoordinateTable.N]);
      float square = gradient * gradient;
      float after = FtrlStep.sum(n, square);
      float change = step.change(u, n, after, gradient);
      table[line + CoordinateTable.U] = Float.floatToRawIntBits(u + change);
      table[line + CoordinateTable.N] = Float.floatToRawIntBits(after);

      int coordinate = table[line] - 1;
      int at = pending.find(table[line + CoordinateTable.EXTRA], coordinate);
      if (at < 0) {
        int position = pending.append(coordinate);
        table[line + CoordinateTable.EXTRA] = position;
        at = position * PendingChanges.ENTRY;
      }
      float deltaN = Float.intBitsToFloat(changes[at + PendingChanges.DELTA_N]);
      add(changes, at + PendingChanges.SEEN, square * Math.max(0, n - deltaN));
      add(changes, at + PendingChanges.DELTA_U, change);
      add(changes, at + PendingChanges.DELTA_N, square);
    }
  }

  @Override
  public void drain(CoordinateBatch[] perShard) {
    pending.drain(perShard, shape);
    for (int coordinate : pendingMoments.coordinates()) {
      CoordinateBatch batch = perShard[shape.shardOf(coordinate)];
      int to = batch.addStatistics(coordinate);
      int from = pendingMoments.find(coordinate);
      System.arraycopy(pendingMoments.moments(), from, batch.statistics(), to, MomentTable.WIDTH);
    }
    pendingMoments.clear();
  }

  @Override
  public void overwrite(CoordinateBatch truth) {
    overwrittenWeights.clear();
    overwrittenMoments.clear();
    state.weights.reserve(truth.size());
    int[] table = state.weights.lines();
    int[] changes = pending.entries();
    int[] coordinates = truth.coordinates();
    float[] values = truth.values();
    for (int i = 0; i < truth.size(); i++) {
      int line = state.weights.touch(coordinates[i]);
      float u = values[2 * i];
      float n = values[2 * i + 1];
      int at = pending.find(table[line + CoordinateTable.EXTRA], coordinates[i]);
      if (at >= 0) {
        u += Float.intBitsToFloat(changes[at + PendingChanges.DELTA_U]);
        n = FtrlStep.sum(n, Float.intBitsToFloat(changes[at + PendingChanges.DELTA_N]));
      }
      table[line + CoordinateTable.U] = Float.floatToRawIntBits(u);
      table[line + CoordinateTable.N] = Float.floatToRawIntBits(n);
    }
    for (int i = 0; i < truth.statisticsSize(); i++) {
      int coordinate = truth.statisticsCoordinates()[i];
      state.moments.set(coordinate, truth.statistics(), i * MomentTable.WIDTH);
      int at = pendingMoments.find(coordinate);
      if (at >= 0) {
        merge(coordinate, pendingMoments.moments(), at);
      }
    }
  }

  @Override
  public void reapply(CoordinateBatch delta, CoordinateBatch overwritten) {
    overwrittenWeights.mark(overwritten.coordinates(), overwritten.size());
    overwrittenMoments.mark(overwritten.statisticsCoordinates(), overwritten.statisticsSize());
    int[] table = state.weights.lines();
    float[] values = delta.values();
    for (int i = 0; i < delta.size(); i++) {
      int coordinate = delta.coordinates()[i];
      if (overwrittenWeights.has(coordinate)) {
        int line = state.weights.find(coordinate);
        int width = delta.width();
        add(table, line + CoordinateTable.U, values[i * width]);
        float n = Float.intBitsToFloat(table[line + CoordinateTable.N]);
        table[line + CoordinateTable.N] =
            Float.floatToRawIntBits(FtrlStep.sum(n, values[i * width + 1]));
      }
    }
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int coordinate = delta.statisticsCoordinates()[i];
      if (overwrittenMoments.has(coordinate)) {
        merge(coordinate, delta.statistics(), i * MomentTable.WIDTH);
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
    int into = state.moments.touch(coordinate);
    Numerics.mergeMoments(state.moments.moments(), into, from, at);
  }

  private static void add(int[] floats, int at, float change) {
    floats[at] = Float.floatToRawIntBits(Float.intBitsToFloat(floats[at]) + change);
  }
}
