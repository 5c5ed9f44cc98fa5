package io.anabranch.models.linear;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;

/**
 * The statistics of a replica's inputs that were not shipped yet, and those it predicts with: truth
 * + own, shipped or not. Memory: O(numeric coordinates).
 */
final class PendingStatistics {
  private final InputScaling scaling;
  private final int hashBits;
  private final StatisticTable pending = new StatisticTable(InputScaling.WIDTH);
  private final CoordinateMarks overwritten;

  PendingStatistics(InputScaling scaling, int hashBits, ExchangeShape shape) {
    this.scaling = scaling;
    this.hashBits = hashBits;
    overwritten = new CoordinateMarks(shape);
  }

  /** Counts a number that the model itself does not count. */
  void count(int coordinate, double value) {
    InputScaling.count(pending, coordinate, hashBits, value);
  }

  void drain(CoordinateBatch[] perShard, ExchangeShape shape) {
    if (pending.size() == 0) {
      return;
    }
    for (int coordinate : pending.coordinates()) {
      CoordinateBatch batch = perShard[shape.shardOf(coordinate)];
      int to = batch.addStatistics(coordinate);
      int from = pending.find(coordinate);
      System.arraycopy(pending.values(), from, batch.statistics(), to, InputScaling.WIDTH);
    }
    pending.clear();
  }

  void overwrite(CoordinateBatch truth) {
    overwritten.clear();
    for (int i = 0; i < truth.statisticsSize(); i++) {
      int coordinate = truth.statisticsCoordinates()[i];
      scaling.mergeable().set(coordinate, truth.statistics(), i * InputScaling.WIDTH);
      int at = pending.find(coordinate);
      if (at >= 0) {
        merge(coordinate, pending.values(), at);
      }
    }
  }

  void reapply(CoordinateBatch delta, CoordinateBatch truth) {
    overwritten.mark(truth.statisticsCoordinates(), truth.statisticsSize());
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int coordinate = delta.statisticsCoordinates()[i];
      if (overwritten.has(coordinate)) {
        merge(coordinate, delta.statistics(), i * InputScaling.WIDTH);
      }
    }
  }

  private void merge(int coordinate, double[] from, int at) {
    StatisticTable statistics = scaling.mergeable();
    int into = statistics.touch(coordinate);
    InputScaling.merge(coordinate, hashBits, statistics.values(), into, from, at);
  }
}
