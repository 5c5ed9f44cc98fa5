package io.anabranch.models.linear;

import java.util.SplittableRandom;

/**
 * A sparse stream like click-through data: 39 fields (13 of 16 to 80 values, 26 of 10 to 2.5
 * million), Zipf(1.1) values, a hidden weight N(0, 0.25²) for each value, intercept −1.4, hashed to
 * 2^22. 30.1 % of the rows are positive.
 */
final class ClickStream {
  static final int FIELDS = 39;
  static final int BITS = 22;
  private static final int[] VALUES = {
    50, 60, 70, 40, 80, 64, 64, 64, 32, 16, 48, 24, 56, 2_500_000, 1_200_000, 600_000, 300_000,
    200_000, 150_000, 100_000, 80_000, 60_000, 50_000, 40_000, 20_000, 15_000, 12_000, 10_000,
    6_000, 5_500, 3_000, 2_000, 1_500, 600, 300, 100, 30, 20, 10
  };
  private static final double ZIPF = 1.1;
  private static final double SIGMA = 0.25;
  private static final double INTERCEPT = -1.4;
  private static final long SEED = 42;
  // SEED times the golden ratio in 64 bits, which overflows as it should.
  private static final long SEED_HASH = 0xf519f86ee2385b72L;

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** Fills in the coordinates of the next row and returns its label, 0 or 1. */
  int next(int[] coordinates) {
    double margin = INTERCEPT;
    for (int field = 0; field < FIELDS; field++) {
      double spread = Math.pow(VALUES[field], 1 - ZIPF) - 1;
      long value = (long) Math.pow(spread * random.nextDouble() + 1, 1 / (1 - ZIPF)) - 1;
      value = Math.max(0, Math.min(VALUES[field] - 1, value));
      coordinates[field] =
          (int) (mix(((long) (field + 1) << 44) ^ (value * 0x9E3779B97F4A7C15L)) >>> (64 - BITS));
      margin += weight(field, value);
    }
    return random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
  }

  private static double weight(int field, long value) {
    long first = mix(SEED_HASH + ((long) field << 40) + value);
    long second = mix(first + 0x9E3779B97F4A7C15L);
    return SIGMA * Math.sqrt(-2 * Math.log(unit(first))) * Math.cos(2 * Math.PI * unit(second));
  }

  private static double unit(long hash) {
    return ((hash >>> 11) + 0.5) * 0x1.0p-53;
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    long b = (a ^ (a >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return b ^ (b >>> 33);
  }
}
