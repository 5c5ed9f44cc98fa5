package io.anabranch.models.linear;

/** The count, minimum and maximum of a stream: three doubles that merge exactly. */
final class RunningRange {

  private RunningRange() {}

  /** Merges a range into the one at {@code at}; a count of 0 on either side is an empty range. */
  static void merge(double[] into, int at, double count, double minimum, double maximum) {
    if (count == 0) {
      return;
    }
    boolean empty = into[at] == 0;
    into[at] += count;
    into[at + 1] = empty ? minimum : Math.min(into[at + 1], minimum);
    into[at + 2] = empty ? maximum : Math.max(into[at + 2], maximum);
  }

  /** Where in the range a value lies, in [0, 1]; 0 when the range is a point. */
  static float position(double[] range, int at, double value) {
    double width = range[at + 2] - range[at + 1];
    if (!(width > 0)) {
      return 0;
    }
    return (float) Math.max(0, Math.min(1, (value - range[at + 1]) / width));
  }
}
