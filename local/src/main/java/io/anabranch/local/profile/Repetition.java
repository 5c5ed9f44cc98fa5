package io.anabranch.local.profile;

import java.util.HashMap;
import java.util.Map;

/**
 * How much a sequence of classes resembles itself one step before: what the prediction of the last
 * label again would get right, beside what chance would.
 *
 * <pre>
 * repeated = #(c_t = c_(t−1)) / (T − 1)        chance = Σ_c (n_c / T)²
 * </pre>
 *
 * Memory: O(classes), at most {@value #MOST_CLASSES} of them; the others count as one, which can
 * only raise chance.
 */
public final class Repetition {
  private static final int MOST_CLASSES = 10_000;
  private static final String OTHERS = "";

  private final Map<String, long[]> counts = new HashMap<>();
  private String last = "";
  private long total;
  private long repeated;

  /** The next class of the sequence. */
  public void add(String value) {
    if (total > 0 && value.equals(last)) {
      repeated++;
    }
    last = value;
    total++;
    String counted = counts.size() < MOST_CLASSES || counts.containsKey(value) ? value : OTHERS;
    counts.computeIfAbsent(counted, fresh -> new long[1])[0]++;
  }

  /** The share of values that equal the one before; NaN for fewer than two values. */
  public double repeated() {
    return total > 1 ? (double) repeated / (total - 1) : Double.NaN;
  }

  /** The share that a shuffled sequence would have; NaN for no value. */
  public double chance() {
    double sum = 0;
    for (long[] count : counts.values()) {
      double share = (double) count[0] / total;
      sum += share * share;
    }
    return total > 0 ? sum : Double.NaN;
  }
}
