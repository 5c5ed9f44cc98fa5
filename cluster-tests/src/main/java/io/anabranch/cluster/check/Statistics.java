package io.anabranch.cluster.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exact statistics of a shared model: doubles by coordinate.
 *
 * @param byCoordinate the figures, live
 */
public record Statistics(Map<Integer, double[]> byCoordinate) {

  /** Which two figures of one coordinate count as equal. */
  public interface Agreement {
    /** Whether the actual figures agree with the expected ones, all of one coordinate. */
    boolean of(double[] expected, double[] actual);
  }

  /** Bit for bit: for sums of whole numbers. */
  public static final Agreement EXACT = Arrays::equals;

  /**
   * Up to rounding: for {count, mean, M2} merged in another order. The count is exact, the mean is
   * off by no more than a billionth of a standard deviation.
   */
  public static final Agreement MOMENTS =
      (expected, actual) -> {
        double deviation = Math.sqrt(expected[2] / expected[0]);
        return expected[0] == actual[0]
            && Math.abs(expected[1] - actual[1]) <= 1e-9 * deviation
            && Math.abs(expected[2] - actual[2]) <= 1e-9 * expected[2];
      };

  /** Compares with what an uninterrupted run has. */
  public static Finding compare(
      String learner, Statistics expected, Statistics actual, Agreement agreement) {
    Map<Integer, String> wrong = new TreeMap<>();
    expected
        .byCoordinate()
        .forEach(
            (coordinate, figures) -> {
              double[] got = actual.byCoordinate().get(coordinate);
              if (got == null || !agreement.of(figures, got)) {
                wrong.put(
                    coordinate,
                    "must be " + Arrays.toString(figures) + ", got " + Arrays.toString(got));
              }
            });
    for (Integer coordinate : actual.byCoordinate().keySet()) {
      if (!expected.byCoordinate().containsKey(coordinate)) {
        wrong.put(coordinate, "never fed");
      }
    }
    return new Finding(
        "exact statistics equal an uninterrupted run: " + learner,
        wrong.isEmpty(),
        wrong.isEmpty()
            ? String.format(Locale.ROOT, "%,d coordinates", expected.byCoordinate().size())
            : String.format(
                Locale.ROOT,
                "%,d of %,d are wrong, the first: %s",
                wrong.size(),
                expected.byCoordinate().size(),
                wrong.entrySet().iterator().next()));
  }
}
