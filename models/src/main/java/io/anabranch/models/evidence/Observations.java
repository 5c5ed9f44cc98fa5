package io.anabranch.models.evidence;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import java.util.Arrays;

/**
 * All that was observed of features together with classes. Categories are counted and numbers are
 * summed up by their moments. Names in objects are counted too, as often as their value says, which
 * makes naive Bayes multinomial; or, where splits are to be found, taken as numbers that are zero
 * when absent. Memory: O((numbers + values) × classes seen).
 */
public final class Observations {
  /** No weight and no count beyond this, so that squares of products of both stay finite. */
  private static final double MOST = 1e60;

  // Above all coordinates: what tells a name in an object from a number by itself.
  private static final int SPARSE = 1 << 30;

  private final boolean splits;
  private final NumberTable numbers;
  private final CategoryTable categories;
  private final double[] scratch = new double[5];
  private double[] seen;

  /**
   * Nothing yet.
   *
   * @param splits whether extremes are kept and names in objects are numbers
   */
  public Observations(int classes, boolean splits) {
    this(new NumberTable(classes, splits), new CategoryTable(classes), new double[classes], splits);
  }

  private Observations(
      NumberTable numbers, CategoryTable categories, double[] seen, boolean splits) {
    this.numbers = numbers;
    this.categories = categories;
    this.seen = seen;
    this.splits = splits;
  }

  /** An example's weight, bounded. */
  public static double bounded(double weight) {
    return Math.min(weight, MOST);
  }

  /**
   * Observes an example of class {@code c}.
   *
   * @param weight more than 0, {@link #bounded}
   * @param admit whether features that are not known yet may join
   * @return whether all features are known now
   */
  public boolean observe(FeatureVector features, int c, double weight, boolean admit) {
    seen(c + 1)[c] += weight;
    boolean all = true;
    for (int i = 0; i < features.size(); i++) {
      all &= observe(features, i, c, weight, admit);
    }
    return all;
  }

  private boolean observe(FeatureVector features, int i, int c, double weight, boolean admit) {
    int coordinate = features.coordinates()[i];
    int group = features.groups()[i];
    double value = features.values()[i];
    if (isNumber(group)) {
      int key = key(coordinate, group);
      int slot = numbers.find(key, i);
      if (slot < 0 && !admit) {
        return false;
      }
      numbers.count(slot < 0 ? numbers.add(key) : slot, c, value, weight);
    } else {
      int slot = categories.find(coordinate, i);
      if (slot < 0 && !admit) {
        return false;
      }
      double amount = group < 0 ? weight : bounded(weight * Math.abs(value));
      categories.count(slot < 0 ? categories.add(coordinate, group) : slot, c, amount);
    }
    return true;
  }

  /**
   * Adds what others have observed.
   *
   * @param classes the numbers that their classes have here
   */
  public void add(Observations other, int[] classes) {
    for (int c = 0; c < Math.min(classes.length, other.seen.length); c++) {
      seen(classes[c] + 1)[classes[c]] += other.seen[c];
    }
    numbers.add(other.numbers, classes);
    categories.add(other.categories, classes);
  }

  /** Gathers what an example's features say of each of the classes. */
  public void weigh(FeatureVector features, int classes, Evidence into) {
    into.begin(classes);
    double[] weights = seen(classes);
    for (int i = 0; i < features.size(); i++) {
      int group = features.groups()[i];
      double value = features.values()[i];
      if (isNumber(group)) {
        int slot = numbers.find(key(features.coordinates()[i], group), i);
        if (slot >= 0 && group == 0) {
          numbers.weigh(slot, value, into);
        } else if (slot >= 0) {
          numbers.weighSparse(slot, value, weights, scratch, into);
        }
      } else {
        int slot = categories.find(features.coordinates()[i], i);
        if (slot >= 0) {
          categories.weigh(slot, group < 0 ? 1 : Math.abs(value), into);
        }
      }
    }
  }

  private boolean isNumber(int group) {
    return group == 0 || (splits && group > 0);
  }

  /** What a number is known by; names in objects are kept apart from numbers by themselves. */
  public static int key(int coordinate, int group) {
    return group == 0 ? coordinate : coordinate | SPARSE;
  }

  /** Whether the number of a key is zero in examples that do not name it. */
  public static boolean isSparse(int key) {
    return (key & SPARSE) != 0;
  }

  /** The numbers. */
  public NumberTable numbers() {
    return numbers;
  }

  /** The categories. */
  public CategoryTable categories() {
    return categories;
  }

  /** The weight of the observed examples by class, live, with room for so many classes. */
  public double[] seen(int classes) {
    if (seen.length < classes) {
      // Not a change: classes without an example have been seen 0 times.
      seen = Arrays.copyOf(seen, classes);
    }
    return seen;
  }

  /** Whether nothing was observed. */
  boolean isEmpty() {
    return numbers.size() == 0
        && categories.size() == 0
        && Arrays.stream(seen).allMatch(weight -> weight == 0);
  }

  /** The same, as if it had been observed in the order of coordinates; without extremes. */
  public Observations sorted(int classes) {
    return new Observations(
        numbers.sorted(classes), categories.sorted(classes), seen(classes).clone(), false);
  }

  /** What is known takes so many bytes; the arrays may hold half as much again in reserve. */
  public long bytes() {
    return numbers.bytes() + categories.bytes() + (long) numbers.classes() * Double.BYTES;
  }

  /** Writes everything, given how many classes there are. */
  public void write(ModelWriter out, int classes) {
    out.writeDoubles(seen(classes), 0, classes);
    numbers.write(out);
    categories.write(out);
  }

  /** What {@link #write} wrote. */
  public static Observations read(ModelReader in, int classes, boolean splits) {
    double[] seen = new double[classes];
    in.readDoubles(seen, 0, classes);
    requireWeights(seen);
    NumberTable numbers = NumberTable.read(in, classes, splits);
    return new Observations(numbers, CategoryTable.read(in, classes), seen, splits);
  }

  /** Refuses weights that no examples can have had. */
  public static void requireWeights(double[] weights) {
    for (double weight : weights) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new CorruptModelException("a weight must be finite and >= 0, got " + weight);
      }
    }
  }
}
