package io.anabranch.models.drift;

import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;

/**
 * The cumulative sum of what errors are above their mean.
 *
 * <pre>
 * g_t = max(0, g_(t−1) + e_t − ē_t − δ),   ē_t the mean of e_1 … e_t;   drift when g_t > λ
 * </pre>
 *
 * δ = 0.02 is how much more is no drift, λ = 50 how much has to come together: a rise by d is found
 * after about λ / (d − δ) errors. With λ = 50 the customary δ of 0.005 would give a false alarm in
 * about 30,000 errors of which 0.3 are wrong; this one, in millions. After a drift it begins anew.
 * Memory: O(1). Page 1954, "Continuous inspection schemes", section 2, with the mean estimated from
 * the errors themselves (Hinkley 1971, "Inference about the change-point from cumulative sum
 * tests").
 */
public final class PageHinkley implements DriftDetector {
  private static final double TOLERANCE = 0.02;
  private static final double THRESHOLD = 50;

  private long n;
  private double total;
  private double excess;

  @Override
  public Change add(double error) {
    n++;
    total += error;
    excess = Math.max(0, excess + error - total / n - TOLERANCE);
    if (excess <= THRESHOLD) {
      return Change.NONE;
    }
    n = 0;
    total = 0;
    excess = 0;
    return Change.RISE;
  }

  @Override
  public double mean() {
    return n == 0 ? 0 : total / n;
  }

  @Override
  public long width() {
    return n;
  }

  @Override
  public void write(ModelWriter out) {
    out.writeLong(n);
    out.writeDouble(total);
    out.writeDouble(excess);
  }

  @Override
  public void read(ModelReader in) {
    n = in.readLong();
    total = in.readDouble();
    excess = in.readDouble();
  }
}
