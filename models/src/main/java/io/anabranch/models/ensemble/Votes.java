package io.anabranch.models.ensemble;

import io.anabranch.models.data.Prediction;
import java.util.Arrays;

/**
 * What some members of an ensemble say of one example: a reused buffer. Each member gives its
 * probabilities, or all of its vote to a class when it has none; their mean is the prediction.
 *
 * <p>Shares are whole multiples of 2⁻⁴⁰, so that sums of them are exact, and of classes with equal
 * shares the first by name wins: votes give the same prediction, to the last bit, in whatever order
 * and by whatever parts they come together. Only the order in which it lists the classes follows
 * them. Memory: O(classes).
 */
public final class Votes {
  /** More could overflow a share, and ensembles of that size are not heard of. */
  public static final int MOST_MEMBERS = 1_000;

  private static final double WHOLE = 0x1p40;

  /** Stands for the positive class, the only one of a binary target that has a share. */
  private static final String POSITIVE = "";

  private int members;
  private boolean binary;
  private boolean decided;
  private int classes;
  private String[] names = new String[2];
  private long[] shares = new long[2];

  /** Forgets all votes. */
  public void clear() {
    restore(0, false, false);
  }

  /**
   * Counts a member's vote.
   *
   * @throws IllegalArgumentException when it is on no class
   */
  public void add(Prediction vote) {
    switch (vote.type()) {
      case BINARY -> {
        binary = true;
        double certain = vote.positive() ? 1 : 0;
        double probability = vote.probability();
        addShare(0, POSITIVE, parts(Double.isNaN(probability) ? certain : probability));
      }
      case MULTICLASS -> addClasses(vote);
      case NUMERIC, NONE ->
          throw new IllegalArgumentException("a vote must be on classes, got " + vote.type());
    }
    members++;
  }

  private void addClasses(Prediction vote) {
    decided |= !vote.label().isEmpty();
    if (vote.classCount() == 0 && !vote.label().isEmpty()) {
      addShare(0, vote.label(), parts(1));
    }
    for (int i = 0; i < vote.classCount(); i++) {
      addShare(i, vote.className(i), parts(vote.classProbability(i)));
    }
  }

  /** Counts what other members have voted. */
  public void add(Votes other) {
    for (int i = 0; i < other.classes; i++) {
      addShare(i, other.names[i], other.shares[i]);
    }
    binary |= other.binary;
    decided |= other.decided;
    members += other.members;
  }

  /** Adds to a class, which is looked for at this place first: mostly all members agree on it. */
  private void addShare(int place, String name, long share) {
    int at = place < classes && names[place].equals(name) ? place : find(name);
    if (at == classes) {
      addClass(name, 0);
    }
    shares[at] += share;
  }

  private int find(String name) {
    int at = 0;
    while (at < classes && !names[at].equals(name)) {
      at++;
    }
    return at;
  }

  private static long parts(double probability) {
    return (long) Math.rint(probability * WHOLE);
  }

  /** Predicts by the mean of all votes, of which there has to be one. */
  public void predict(Prediction into) {
    double all = members * WHOLE;
    if (binary) {
      into.binary(shares[0] / all);
      return;
    }
    int most = 0;
    for (int i = 1; i < classes; i++) {
      boolean wins =
          shares[i] == shares[most]
              ? names[i].compareTo(names[most]) < 0
              : shares[i] > shares[most];
      most = wins ? i : most;
    }
    into.multiclass(decided ? names[most] : "");
    for (int i = 0; i < classes; i++) {
      into.addClass(names[i], shares[i] / all);
    }
  }

  /** Makes these votes equal to others. */
  public void copyFrom(Votes other) {
    clear();
    add(other);
  }

  /** How many members have voted. */
  public int members() {
    return members;
  }

  /** Whether the votes are on the positive class of a binary target, without a name. */
  public boolean binary() {
    return binary;
  }

  /** Whether any member has seen a class of a multiclass target. */
  public boolean decided() {
    return decided;
  }

  /** How many classes have a share. */
  public int classes() {
    return classes;
  }

  /** The name of class {@code i}. */
  public String className(int i) {
    return names[i];
  }

  /** The share of class {@code i}, in parts of 2⁻⁴⁰ of a member. */
  public long share(int i) {
    return shares[i];
  }

  /** Begins to take over votes that were stored; the shares of the classes follow. */
  public void restore(int members, boolean binary, boolean decided) {
    this.members = members;
    this.binary = binary;
    this.decided = decided;
    classes = 0;
  }

  /** Takes over the share of the next class, which has none yet. */
  public void addClass(String name, long share) {
    if (classes == names.length) {
      names = Arrays.copyOf(names, 2 * classes);
      shares = Arrays.copyOf(shares, 2 * classes);
    }
    names[classes] = name;
    shares[classes] = share;
    classes++;
  }
}
