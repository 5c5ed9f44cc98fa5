package io.anabranch.bench.large;

import io.anabranch.models.data.Example;
import java.util.SplittableRandom;

/**
 * A stream in which most values are new: ten fields of 20,000 regular values each, the commonest
 * much commoner than the rest, and five values that occur once. The label follows from the regular
 * ones alone, by a hidden weight N(0, 0.6²) of each.
 */
final class NewIds {
  /** Values of a row that occur once. */
  static final int NEW = 5;

  private static final int REGULAR = 10;
  private static final int VALUES = 20_000;
  private static final double WEIGHT_DEVIATION = 0.6;
  private static final double INTERCEPT = -0.8;

  private final SplittableRandom random = new SplittableRandom(42);
  private final int bits;
  private final double[] weights = new double[REGULAR * VALUES];
  private long fresh;

  NewIds(int bits) {
    this.bits = bits;
    SplittableRandom hidden = new SplittableRandom(7);
    for (int i = 0; i < weights.length; i++) {
      // Twelve uniform numbers add up to nearly a normal one.
      double sum = -6;
      for (int k = 0; k < 12; k++) {
        sum += hidden.nextDouble();
      }
      weights[i] = WEIGHT_DEVIATION * sum;
    }
  }

  /** Fills in the next row; gives the true probability of the label 1. */
  double next(Example example) {
    example.clear();
    example.identify("r", "", 0);
    double score = INTERCEPT;
    for (int field = 0; field < REGULAR; field++) {
      double u = random.nextDouble();
      int value = field * VALUES + (int) (VALUES * u * u * u);
      score += weights[value];
      example.features().addSparse(coordinate(value), 1);
    }
    for (int i = 0; i < NEW; i++) {
      example.features().addSparse(coordinate((1L << 40) + fresh++), 1);
    }
    double probability = 1 / (1 + Math.exp(-score));
    int label = random.nextDouble() < probability ? 1 : 0;
    example.label(Integer.toString(label), label);
    return probability;
  }

  private int coordinate(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (int) ((z ^ (z >>> 33)) >>> (64 - bits));
  }
}
