package io.anabranch.models.linear;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;

/**
 * The steps of a replica of several classes that were not shipped yet: {Δu, Δn, Σ g² n} for each
 * class of a coordinate, where n is what the gradient saw without the pending steps themselves.
 *
 * <p>Memory: O(coordinates changed between two shipments · classes).
 */
final class PendingClassSteps {
  /** Numbers per class, here and in a delta. */
  static final int WIDTH = 3;

  private final int classes;
  private final StatisticTable steps;

  PendingClassSteps(int classes) {
    this.classes = classes;
    steps = new StatisticTable(WIDTH * classes);
  }

  /** Where a coordinate's steps begin, made of zeros if need be, until the next one is touched. */
  int touch(int coordinate) {
    return steps.touch(coordinate);
  }

  /** Where a coordinate's steps begin, or -1. */
  int find(int coordinate) {
    return steps.find(coordinate);
  }

  /**
   * Adds a step of class k that moved u by {@code change} and n from {@code n} to {@code after}.
   */
  void add(int at, int k, float change, float n, float after) {
    double[] values = steps.values();
    int of = at + WIDTH * k;
    double square = after - n;
    values[of] += change;
    values[of + 2] += square * Math.max(0, n - values[of + 1]);
    values[of + 1] += square;
  }

  /** The pending change of class k's u. */
  float changeOfU(int at, int k) {
    return (float) steps.values()[at + WIDTH * k];
  }

  /** The pending change of class k's n. */
  float changeOfN(int at, int k) {
    return (float) steps.values()[at + WIDTH * k + 1];
  }

  /** Hands everything over as {Δu, Δn, n̄} to the batches of its shards and forgets it. */
  void drain(CoordinateBatch[] perShard, ExchangeShape shape) {
    if (steps.size() == 0) {
      return;
    }
    for (int coordinate : steps.coordinates()) {
      hand(coordinate, perShard[shape.shardOf(coordinate)]);
    }
    steps.clear();
  }

  /**
   * The same of the coordinates that move some class's u most; a fraction of {@code hold} stays.
   */
  void drainLargest(CoordinateBatch[] perShard, ExchangeShape shape, double hold) {
    int[] coordinates = steps.coordinates();
    float[] sample = new float[LargestChanges.sampleOf(coordinates.length)];
    for (int i = 0; i < sample.length; i++) {
      int of = LargestChanges.sampled(i, sample.length, coordinates.length);
      sample[i] = moved(coordinates[of]);
    }
    float least = LargestChanges.least(sample, hold);
    StatisticTable held = new StatisticTable(WIDTH * classes);
    for (int coordinate : coordinates) {
      if (moved(coordinate) >= least) {
        hand(coordinate, perShard[shape.shardOf(coordinate)]);
      } else {
        held.set(coordinate, steps.values(), steps.find(coordinate));
      }
    }
    steps.clear();
    steps.setAll(held);
  }

  private float moved(int coordinate) {
    int at = steps.find(coordinate);
    float most = 0;
    for (int k = 0; k < classes; k++) {
      most = Math.max(most, Math.abs(changeOfU(at, k)));
    }
    return most;
  }

  private void hand(int coordinate, CoordinateBatch batch) {
    int to = batch.add(coordinate);
    int from = steps.find(coordinate);
    for (int k = 0; k < classes; k++) {
      double square = steps.values()[from + 1];
      double seen = square > 0 ? steps.values()[from + 2] / square : 0;
      batch.values()[to] = (float) steps.values()[from];
      batch.values()[to + 1] = (float) square;
      batch.values()[to + 2] = (float) seen;
      from += WIDTH;
      to += WIDTH;
    }
  }
}
