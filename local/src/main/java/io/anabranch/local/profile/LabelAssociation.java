package io.anabranch.local.profile;

import io.anabranch.models.data.TargetType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * How well one field alone tells the label: what does so almost perfectly is likely to be known
 * only together with it. Memory: {@value #MOST_VALUES} values, {@value #MOST_PAIRS} numbers.
 */
public final class LabelAssociation {
  private static final int MOST_VALUES = 500;
  private static final int MOST_CLASSES = 1000;
  private static final int MOST_PAIRS = 10_000;
  private static final int LEAST_RECORDS = 100;
  private static final int LEAST_PER_VALUE = 5;

  private final Map<String, ValueCounts> classesByValue = new HashMap<>();
  private final ValueCounts classes = new ValueCounts(MOST_CLASSES);
  private long labels;
  private final Correlation numbers = new Correlation();
  private double[][] pairs = new double[0][];
  private int pairCount;
  private boolean tooManyValues;

  LabelAssociation() {}

  void category(String value, Label label) {
    if (!label.nominal()) {
      return;
    }
    labels++;
    classes.add(label.text());
    if (classesByValue.size() < MOST_VALUES || classesByValue.containsKey(value)) {
      classesByValue.computeIfAbsent(value, v -> new ValueCounts(MOST_CLASSES)).add(label.text());
    } else {
      tooManyValues = true;
    }
  }

  void number(String value, double number, Label label) {
    category(value, label);
    if (label.known() && label.type() == TargetType.NUMERIC) {
      numbers.add(number, label.number());
    } else if (label.known() && label.type() == TargetType.BINARY && pairCount < MOST_PAIRS) {
      if (pairCount == pairs.length) {
        pairs = Arrays.copyOf(pairs, Math.max(64, 2 * pairCount));
      }
      pairs[pairCount++] = new double[] {number, label.number()};
    }
  }

  /**
   * The share of records whose class is the commonest one of their value here; NaN when values are
   * too many to tell. To be compared with {@link #commonest}.
   */
  public double purity() {
    if (tooManyValues
        || labels < LEAST_RECORDS
        || labels < (long) LEAST_PER_VALUE * classesByValue.size()) {
      return Double.NaN;
    }
    long right = classesByValue.values().stream().mapToLong(ValueCounts::most).sum();
    return (double) right / labels;
  }

  /** The share of the commonest class. */
  public double commonest() {
    return (double) classes.most() / labels;
  }

  /** The correlation of a number with a numeric target; NaN when there is none. */
  public double correlation() {
    return numbers.count() < LEAST_RECORDS ? Double.NaN : numbers.value();
  }

  /**
   * The probability that a positive example has the greater number than a negative one, or the
   * smaller, whichever is likelier (area under the ROC curve); NaN when it cannot be told.
   */
  public double separation() {
    double[][] sorted = Arrays.copyOf(pairs, pairCount);
    Arrays.sort(sorted, Comparator.comparingDouble(pair -> pair[0]));
    long positives = 0;
    double rankSum = 0;
    for (int from = 0; from < pairCount; ) {
      int to = from;
      long tied = 0;
      while (to < pairCount && sorted[to][0] == sorted[from][0]) {
        tied += (long) sorted[to++][1];
      }
      rankSum += tied * (from + to + 1) / 2.0;
      positives += tied;
      from = to;
    }
    long negatives = pairCount - positives;
    if (pairCount < LEAST_RECORDS || positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    double area = (rankSum - positives * (positives + 1) / 2.0) / positives / negatives;
    return Math.max(area, 1 - area);
  }
}
