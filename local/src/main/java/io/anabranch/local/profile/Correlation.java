package io.anabranch.local.profile;

/** Pearson's correlation of pairs, in one pass. Memory: O(1). */
final class Correlation {
  private long count;
  private double meanX;
  private double meanY;
  private double squaresX;
  private double squaresY;
  private double products;

  void add(double x, double y) {
    count++;
    double beforeX = x - meanX;
    double beforeY = y - meanY;
    meanX += beforeX / count;
    meanY += beforeY / count;
    squaresX += beforeX * (x - meanX);
    squaresY += beforeY * (y - meanY);
    products += beforeX * (y - meanY);
  }

  long count() {
    return count;
  }

  /** From -1 to 1; NaN while one side does not vary. */
  double value() {
    double scale = Math.sqrt(squaresX) * Math.sqrt(squaresY);
    return scale > 0 ? products / scale : Double.NaN;
  }
}
