package io.anabranch.bench.large;

import io.anabranch.models.data.Example;
import java.util.SplittableRandom;

/**
 * A stream in which most values are new: ten fields of 20,000 regular values each, the commonest
 * much commoner than the rest, and ten values that occur once. The label follows from the regular
 * ones alone, by a hidden weight N(0, 0.6²) of each. A row is the same each time it is drawn.
 */
final class NewIds {
  /** Values of a row that occur once. */
  static final int NEW = 10;

  private static final int REGULAR = 10;
  private static final int VALUES = 20_000;
  private static final double WEIGHT_DEVIATION = 0.6;
  private static final double INTERCEPT = -0.8;
  private static final double[] WEIGHTS = weights();

  private final int bits;

  NewIds(int bits) {
    this.bits = bits;
  }

  private static double[] weights() {
    double[] weights = new double[REGULAR * VALUES];
    SplittableRandom hidden = new SplittableRandom(7);
    for (int i = 0; i < weights.length; i++) {
      // Twelve uniform numbers add up to nearly a normal one.
      double sum = -6;
      for (int k = 0; k < 12; k++) {
        sum += hidden.nextDouble();
      }
      weights[i] = WEIGHT_DEVIATION * sum;
    }
    return weights;
  }

  /** The true probability that the label of a row is 1. */
  static double truth(long row) {
    SplittableRandom random = random(row);
    double score = INTERCEPT;
    for (int field = 0; field < REGULAR; field++) {
      score += WEIGHTS[value(field, random)];
    }
    return probability(score);
  }

  /** Fills in a row; its number is its time. */
  void fill(long row, Example example) {
    example.clear();
    example.identify("r", "", row);
    SplittableRandom random = random(row);
    double score = INTERCEPT;
    for (int field = 0; field < REGULAR; field++) {
      int value = value(field, random);
      score += WEIGHTS[value];
      example.features().addSparse(coordinate(value), 1);
    }
    for (int i = 0; i < NEW; i++) {
      example.features().addSparse(coordinate((1L << 48) + row * NEW + i), 1);
    }
    boolean positive = random.nextDouble() < probability(score);
    example.label(positive ? "1" : "0", positive ? 1 : 0);
  }

  private static SplittableRandom random(long row) {
    return new SplittableRandom(row * 0x9E3779B97F4A7C15L);
  }

  private static int value(int field, SplittableRandom random) {
    double u = random.nextDouble();
    return field * VALUES + (int) (VALUES * u * u * u);
  }

  private static double probability(double score) {
    return 1 / (1 + Math.exp(-score));
  }

  private int coordinate(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (int) ((z ^ (z >>> 33)) >>> (64 - bits));
  }
}
