package io.anabranch.models.drift;

import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;

/**
 * Tells when the share of wrong predictions has left its best value behind.
 *
 * <pre>
 * p = wrong / n,   s = √(p · (1 − p) / n),   from n = 30 on
 * (p*, s*) = (p, s) where p + s was least;   drift when p + s > p* + 3 · s*
 * </pre>
 *
 * After a drift it begins anew. Memory: O(1). Gama, Medas, Castillo and Rodrigues 2004, "Learning
 * with drift detection", section 3. Deviations: there is no warning level, and nothing is best
 * before the first wrong prediction, after which s* would be 0 and the next one always a drift.
 */
public final class Ddm implements DriftDetector {
  private static final int LEAST = 30;
  private static final double LEVEL = 3;

  private long n;
  private double wrong;
  private double bestShare;
  private double bestDeviation = Double.POSITIVE_INFINITY;

  @Override
  public Change add(double error) {
    n++;
    wrong += error;
    if (n < LEAST || wrong == 0) {
      return Change.NONE;
    }
    double share = wrong / n;
    double off = Math.sqrt(share * (1 - share) / n);
    if (share + off <= bestShare + bestDeviation) {
      bestShare = share;
      bestDeviation = off;
    } else if (share + off > bestShare + LEVEL * bestDeviation) {
      n = 0;
      wrong = 0;
      bestShare = 0;
      bestDeviation = Double.POSITIVE_INFINITY;
      return Change.RISE;
    }
    return Change.NONE;
  }

  @Override
  public double mean() {
    return n == 0 ? 0 : wrong / n;
  }

  @Override
  public long width() {
    return n;
  }

  @Override
  public void write(ModelWriter out) {
    out.writeLong(n);
    out.writeDouble(wrong);
    out.writeDouble(bestShare);
    out.writeDouble(bestDeviation);
  }

  @Override
  public void read(ModelReader in) {
    n = in.readLong();
    wrong = in.readDouble();
    bestShare = in.readDouble();
    bestDeviation = in.readDouble();
  }
}
