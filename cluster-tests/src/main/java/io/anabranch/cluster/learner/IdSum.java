package io.anabranch.cluster.learner;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.learner.SharedLearner;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Learns nothing but which records came by: how many, and sums over hashes of their ids. One record
 * lost and another one learned twice leave the count as it is, but not the sums. All figures are
 * whole numbers below 2^53, so that the doubles are exact whatever the order. Predicts 0.5.
 */
final class IdSum implements SharedLearner {
  /** Count, and two halves of the hash. */
  static final int WIDTH = 3;

  private static final int COORDINATE_BITS = 6;
  private static final int HALF_BITS = 24;

  /** One coordinate in each of 64 shards. */
  static final ExchangeShape SHAPE =
      new ExchangeShape(COORDINATE_BITS, COORDINATE_BITS, 1, 1, WIDTH);

  private static final int COORDINATES = 1 << COORDINATE_BITS;

  private final double[] view = new double[COORDINATES * WIDTH];
  private final double[] pending = new double[COORDINATES * WIDTH];
  private final BitSet touched = new BitSet();
  private long examples;

  @Override
  public void predict(Example example, Prediction into) {
    into.binary(0.5);
  }

  @Override
  public void learn(Example example) {
    long hash = mixed(example.id());
    int coordinate = (int) (hash & (COORDINATES - 1));
    double low = (hash >>> COORDINATE_BITS) & ((1 << HALF_BITS) - 1);
    double high = (hash >>> (COORDINATE_BITS + HALF_BITS)) & ((1 << HALF_BITS) - 1);
    for (double[] sums : new double[][] {view, pending}) {
      sums[coordinate * WIDTH]++;
      sums[coordinate * WIDTH + 1] += low;
      sums[coordinate * WIDTH + 2] += high;
    }
    touched.set(coordinate);
    examples++;
  }

  /** Not the hash that the product sums up: a fault of that one must not hide here as well. */
  private static long mixed(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }

  @Override
  public long examples() {
    return examples;
  }

  @Override
  public ExchangeShape shape() {
    return SHAPE;
  }

  @Override
  public void drain(CoordinateBatch[] perShard) {
    touched.stream()
        .forEach(
            coordinate -> {
              CoordinateBatch batch = perShard[SHAPE.shardOf(coordinate)];
              int at = batch.addStatistics(coordinate);
              System.arraycopy(pending, coordinate * WIDTH, batch.statistics(), at, WIDTH);
            });
    Arrays.fill(pending, 0);
    touched.clear();
  }

  @Override
  public void overwrite(CoordinateBatch truth) {
    for (int i = 0; i < truth.statisticsSize(); i++) {
      int at = truth.statisticsCoordinates()[i] * WIDTH;
      System.arraycopy(pending, at, view, at, WIDTH);
      add(view, at, truth.statistics(), i * WIDTH);
    }
  }

  @Override
  public void reapply(CoordinateBatch delta, CoordinateBatch overwritten) {
    BitSet affected = new BitSet();
    for (int i = 0; i < overwritten.statisticsSize(); i++) {
      affected.set(overwritten.statisticsCoordinates()[i]);
    }
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int coordinate = delta.statisticsCoordinates()[i];
      if (affected.get(coordinate)) {
        add(view, coordinate * WIDTH, delta.statistics(), i * WIDTH);
      }
    }
  }

  @Override
  public void examples(long count) {
    examples = count;
  }

  static void add(double[] into, int at, double[] from, int start) {
    for (int i = 0; i < WIDTH; i++) {
      into[at + i] += from[start + i];
    }
  }
}
