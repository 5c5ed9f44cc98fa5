package io.anabranch.models.linear;

/**
 * What an error costs, as its slope and as the share of an explicit step that an implicit one
 * takes. Errors are in standard deviations of the target.
 *
 * <pre>
 * huber     ℓ(e) = e²/2 for |e| ≤ δ, else δ|e| − δ²/2
 * squared   huber with δ = 10: no example pulls harder than one ten deviations off
 * absolute  ℓ(e) = |e|
 * </pre>
 *
 * <p>An implicit step minimises ℓ + ½‖step‖² instead of following the slope at its start, so that
 * it never passes the example's target, however large the inputs: Kulis and Bartlett 2010,
 * "Implicit Online Learning"; Karampatziakis and Langford 2011, "Online Importance Weight Aware
 * Updates".
 */
sealed interface RegressionLoss {
  /** By how much the loss grows with the error. */
  double slope(double error);

  /**
   * Which part of the explicit step the implicit one takes, in [0, 1].
   *
   * @param reach by how much a slope of one would move the prediction, at least 0
   */
  double share(double error, double reach);

  /** What was set, by name. */
  static RegressionLoss of(String name, double delta) {
    return switch (name) {
      case "squared" -> new Huber(Huber.FAR);
      case "absolute" -> new Absolute();
      case "huber" -> new Huber(delta);
      default ->
          throw new IllegalArgumentException(
              "loss must be one of "
                  + String.join(", ", LinearRegression.Hyper.LOSSES)
                  + ", got '"
                  + name
                  + "'");
    };
  }

  /** Quadratic near, linear far. */
  record Huber(double delta) implements RegressionLoss {
    /** From where on the squared loss is linear too; no delta is larger. */
    static final double FAR = 10;

    /** 95 % as efficient as squares where errors are normal: Huber 1981, "Robust Statistics". */
    static final double DEFAULT_DELTA = 1.345;

    /** Checks the range. */
    public Huber {
      if (!(delta > 0 && delta <= FAR)) {
        throw new IllegalArgumentException("delta must be > 0 and <= 10, got " + delta);
      }
    }

    @Override
    public double slope(double error) {
      return Math.max(-delta, Math.min(delta, error));
    }

    @Override
    public double share(double error, double reach) {
      double size = Math.abs(error);
      if (size <= delta) {
        return 1 / (1 + reach);
      }
      return Math.min(1, size / (delta * (1 + reach)));
    }
  }

  /** The median's loss. */
  record Absolute() implements RegressionLoss {

    @Override
    public double slope(double error) {
      return Math.signum(error);
    }

    @Override
    public double share(double error, double reach) {
      return reach > 0 ? Math.min(1, Math.abs(error) / reach) : 1;
    }
  }
}
