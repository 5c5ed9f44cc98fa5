package io.anabranch.operators.keyed;

/** What models take as written, on average of late: the best guess of those not written yet. */
final class WrittenSize {
  private static final double WEIGHT = 1.0 / 64;

  private double bytes;
  private boolean known;

  /** Takes one in. */
  void add(int written) {
    bytes += (known ? WEIGHT : 1) * (written - bytes);
    known = true;
  }

  /** Whether there was one. */
  boolean isKnown() {
    return known;
  }

  /** 0 when there was none. */
  int guess() {
    return (int) bytes;
  }
}
