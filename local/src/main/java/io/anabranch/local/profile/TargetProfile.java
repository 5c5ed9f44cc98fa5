package io.anabranch.local.profile;

import io.anabranch.models.data.TargetType;
import java.util.HashMap;
import java.util.Map;

/**
 * What was seen of the labels, and how well a label is told by the one before it: among all
 * records, or, where records have keys, those of the same key. Memory: {@value #MOST_KEYS} keys.
 */
public final class TargetProfile {
  private static final int MOST_CLASSES = 10_000;
  private static final int MOST_KEYS = 10_000;
  private static final long LEAST_PAIRS = 50;

  private final TargetType type;
  private final ValueCounts classes = new ValueCounts(MOST_CLASSES);
  private final Map<String, Label> lastByKey = new HashMap<>();
  private final Correlation steps = new Correlation();
  private long labelled;
  private long repeated;
  private long pairs;

  TargetProfile(TargetType type) {
    this.type = type;
  }

  void add(String key, Label label) {
    if (!label.known()) {
      return;
    }
    labelled++;
    classes.add(label.text());
    if (lastByKey.size() >= MOST_KEYS && !lastByKey.containsKey(key)) {
      return;
    }
    Label before = lastByKey.put(key, label);
    if (before != null) {
      pairs++;
      repeated += before.text().equals(label.text()) ? 1 : 0;
      steps.add(before.number(), label.number());
    }
  }

  /** The kind of target. */
  public TargetType type() {
    return type;
  }

  /** How many decoded records had a label. */
  public long labelled() {
    return labelled;
  }

  /** Records by label, as learners see them: of a binary target, "positive" and "negative". */
  public Map<String, Long> classes() {
    return classes.counts();
  }

  /** The accuracy of always predicting the commonest class; NaN without labels. */
  public double commonestAccuracy() {
    return (double) classes.most() / labelled;
  }

  /** The accuracy of predicting the label before; NaN when too few labels have one. */
  public double noChangeAccuracy() {
    return pairs < LEAST_PAIRS ? Double.NaN : (double) repeated / pairs;
  }

  /**
   * How much the label depends on the one before it: 0 not at all, 1 it is the same. Classes: the
   * agreement beyond chance; numbers: their correlation. NaN when it cannot be told.
   */
  public double dependence() {
    if (pairs < LEAST_PAIRS || constant()) {
      return Double.NaN;
    }
    if (type == TargetType.NUMERIC) {
      return steps.value();
    }
    double chance =
        classes.counts().values().stream()
            .mapToDouble(count -> (double) count / labelled * count / labelled)
            .sum();
    return (noChangeAccuracy() - chance) / (1 - chance);
  }

  /** Whether all labels are the same. */
  public boolean constant() {
    return labelled > 0 && classes.distinct() == 1;
  }
}
