package io.anabranch.models.math;

/** The standard normal distribution. */
public final class NormalDistribution {
  private static final double[] NUMERATOR = {
    0.0352624965998911,
    0.700383064443688,
    6.37396220353165,
    33.912866078383,
    112.079291497871,
    221.213596169931,
    220.206867912376
  };
  private static final double[] DENOMINATOR = {
    0.0883883476483184,
    1.75566716318264,
    16.064177579207,
    86.7807322029461,
    296.564248779674,
    637.333633378831,
    793.826512519948,
    440.413735824752
  };

  private NormalDistribution() {}

  /**
   * P(Z ≤ z), to 1e-14: Hart 1968, algorithm 5666, as given in West 2005, "Better approximations to
   * cumulative normal functions".
   */
  public static double cumulative(double z) {
    double distance = Math.abs(z);
    double tail;
    if (distance > 37) {
      tail = 0;
    } else if (distance < 7.07106781186547) {
      double density = StrictMath.exp(-distance * distance / 2);
      tail = density * polynomial(NUMERATOR, distance) / polynomial(DENOMINATOR, distance);
    } else {
      double density = StrictMath.exp(-distance * distance / 2);
      double fraction = distance + 0.65;
      for (int i = 4; i >= 1; i--) {
        fraction = distance + i / fraction;
      }
      tail = density / (fraction * 2.506628274631);
    }
    return z > 0 ? 1 - tail : tail;
  }

  private static double polynomial(double[] coefficients, double x) {
    double value = 0;
    for (double coefficient : coefficients) {
      value = value * x + coefficient;
    }
    return value;
  }
}
