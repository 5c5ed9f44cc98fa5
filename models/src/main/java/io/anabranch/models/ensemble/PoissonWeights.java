package io.anabranch.models.ensemble;

import net.openhft.hashing.LongHashFunction;

/**
 * How often a member of a bag learns each example: independent draws from Poisson(1), each a
 * function of seed, member and the number of the example in the member's own stream. So there is no
 * generator whose state could be lost, and a member that goes on from a snapshot draws what it
 * would have drawn.
 *
 * <pre>
 * P(k) = e⁻¹ / k!
 * </pre>
 */
final class PoissonWeights {
  private static final LongHashFunction HASH = LongHashFunction.xx3();
  private static final double UNIT = 0x1p-53;

  // P(at most k). Beyond 18 the sum rounds to what it was: a draw of 19 has a chance of 3e-18.
  private static final double[] AT_MOST = new double[19];

  static {
    double probability = StrictMath.exp(-1);
    double sum = 0;
    for (int k = 0; k < AT_MOST.length; k++) {
      sum += probability;
      AT_MOST[k] = sum;
      probability /= k + 1;
    }
  }

  private final LongHashFunction hash;

  PoissonWeights(long seed, int member) {
    hash = LongHashFunction.xx3(HASH.hashLong(seed) + member);
  }

  /** How often the example of this number, from 0, is learned. */
  int of(long example) {
    double draw = (hash.hashLong(example) >>> 11) * UNIT;
    int k = 0;
    while (k < AT_MOST.length && draw >= AT_MOST[k]) {
      k++;
    }
    return k;
  }
}
