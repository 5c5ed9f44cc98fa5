package io.anabranch.models.linear;

import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.FloatBytes;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.exchange.Precision;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Merges the steps of several trainers, discounting what others already did:
 *
 * <pre>
 * s = max(1/P, exp(−κ α/(β+√n) max(0, n − n̄)))      u += s Δu      n += Δn      κ = 4
 * </pre>
 *
 * Rare coordinates add in full. With one trainer s is 1, and truth differs from what a sequential
 * learner has by no more than rounding: a delta is the float difference of u (and n) before and
 * after, which is exact as long as they are within a factor of two of each other, and otherwise
 * rounded once per shipment, by at most 2^-24 of the difference. Moments add by Chan's formula; a
 * single value adds as in a sequential learner, bit for bit.
 */
final class DiscountedMerge implements MergeRule {
  private static final long serialVersionUID = 1;
  private static final int SHARD_BITS = 6;
  // Sparse coordinates, and numeric ones by their scale.
  private static final int REGION_BITS = 2;
  private static final float KAPPA = 4;
  private static final double[] LOGARITHMS =
      IntStream.range(0, 65).mapToDouble(Math::log).toArray();

  private final int hashBits;
  private final float denseAlpha;
  private final float sparseAlpha;
  private final float beta;

  DiscountedMerge(int hashBits, Hyper hyper) {
    this.hashBits = hashBits;
    denseAlpha = (float) hyper.denseAlpha();
    sparseAlpha = (float) hyper.sparseAlpha();
    beta = (float) hyper.beta();
  }

  @Override
  public String description() {
    return "discounted by what other trainers learned meanwhile; rare coordinates add in full";
  }

  /** The shape of every shared linear model over coordinates of {@code hashBits}. */
  static ExchangeShape shape(int hashBits) {
    return new ExchangeShape(
        hashBits + REGION_BITS, Math.min(SHARD_BITS, hashBits + 1), 2, 3, InputScaling.WIDTH);
  }

  @Override
  public ExchangeShape shape() {
    return shape(hashBits);
  }

  /**
   * Weights and their changes as bfloat16. Sums of squares travel whole: the discount goes by the
   * difference of two of them that can be large and nearly equal.
   */
  @Override
  public Optional<Precision> leastPrecision() {
    return Optional.of(new Precision(new FloatBytes(2, 4), new FloatBytes(2, 2, 4)));
  }

  @Override
  public void merge(
      int coordinate, float[] truth, int at, float[] delta, int from, int activeTrainers) {
    float n = truth[at + 1];
    float others = n - delta[from + 2];
    float share = 1;
    if (others > 0 && activeTrainers > 1) {
      float alpha = coordinate >>> hashBits != 0 ? denseAlpha : sparseAlpha;
      double overlap = KAPPA * alpha / (beta + Math.sqrt(n)) * others;
      // Beyond ln P the exponential is below 1/P: busy coordinates do without it.
      share =
          overlap >= leastOverlap(activeTrainers)
              ? 1f / activeTrainers
              : (float) Math.max(1.0 / activeTrainers, Math.exp(-overlap));
    }
    truth[at] += share * delta[from];
    truth[at + 1] = FtrlStep.sum(n, delta[from + 1]);
  }

  private static double leastOverlap(int trainers) {
    return trainers < LOGARITHMS.length ? LOGARITHMS[trainers] : Math.log(trainers);
  }

  @Override
  public void mergeStatistics(int coordinate, double[] truth, int at, double[] delta, int from) {
    InputScaling.merge(coordinate, hashBits, truth, at, delta, from);
  }
}
