package io.anabranch.models.evidence;

import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.math.Numerics;
import java.util.Arrays;

/**
 * What is known of numbers: count, mean and M2 of each, over all examples and by class, and least
 * and greatest where asked for. Their likelihood is a Gaussian of each class,
 *
 * <pre>
 * s² = M2 / n                             over all classes
 * s²_c = (M2_c + α s²) / (n_c + α)        by class, drawn to s² by α examples
 * likelihood_c(x) = N(x; mean_c, s²_c)    with the mean over all classes while n_c = 0
 * </pre>
 *
 * so that a class in which a number never varied does not forbid all other values. A number that
 * never varied at all says nothing. Memory: O(numbers × classes), 24 bytes each, 40 with extremes.
 */
public final class NumberTable {
  private static final int MOMENTS = 3;
  private static final int MEAN = 1;
  private static final int M2 = 2;
  private static final int LEAST = 3;
  private static final int GREATEST = 4;
  // Floats resolve 6e-8 of their size: a deviation below 1e-9 of the mean is rounding, not signal.
  private static final double LEAST_RELATIVE_VARIANCE = 1e-18;

  private final boolean extremes;
  private final Slots slots;
  // Column 0 is over all classes, 1 + c of class c.
  private final CellRows rows;

  NumberTable(int classes, boolean extremes) {
    this(new Slots(), new CellRows(1 + classes, width(extremes)), extremes);
  }

  private NumberTable(Slots slots, CellRows rows, boolean extremes) {
    this.slots = slots;
    this.rows = rows;
    this.extremes = extremes;
  }

  private static int width(boolean extremes) {
    return extremes ? MOMENTS + 2 : MOMENTS;
  }

  /** How many numbers there are, in slots from 0 on. */
  public int size() {
    return slots.size();
  }

  /** What a slot's number is known by. */
  public int key(int slot) {
    return slots.key(slot);
  }

  /** Of how many classes there was an example. */
  int classes() {
    return rows.columns() - 1;
  }

  int find(int key, int guess) {
    return slots.find(key, guess);
  }

  int add(int key) {
    rows.addRow();
    return slots.add(key);
  }

  /** Counts a value. */
  void count(int slot, int c, double value, double weight) {
    rows.widen(c + 2);
    count(rows.at(slot, 0), value, weight);
    count(rows.at(slot, 1 + c), value, weight);
  }

  private void count(int at, double value, double weight) {
    double[] cells = rows.cells();
    if (extremes) {
      boolean first = cells[at] == 0;
      cells[at + LEAST] = first ? value : Math.min(cells[at + LEAST], value);
      cells[at + GREATEST] = first ? value : Math.max(cells[at + GREATEST], value);
    }
    Numerics.mergeMoments(cells, at, weight, value, 0);
  }

  /** Replaces what is known of a number: the moments of each class. Returns its slot. */
  int set(int key, int classes, double[] moments, int at) {
    int slot = find(key, 0);
    if (slot < 0) {
      slot = add(key);
    }
    rows.widen(1 + classes);
    int from = rows.at(slot, 0);
    Arrays.fill(rows.cells(), from, from + (1 + classes) * MOMENTS, 0);
    merge(slot, classes, moments, at);
    return slot;
  }

  /** Adds the moments of each class. */
  void merge(int slot, int classes, double[] moments, int at) {
    for (int c = 0; c < classes; c++) {
      Numerics.mergeMoments(rows.cells(), rows.at(slot, 1 + c), moments, at + c * MOMENTS);
      Numerics.mergeMoments(rows.cells(), rows.at(slot, 0), moments, at + c * MOMENTS);
    }
  }

  /** Puts the moments of each class into an array; zeros where unknown. */
  void moments(int slot, int classes, double[] into, int at) {
    for (int c = 0; c < classes; c++) {
      if (1 + c < rows.columns()) {
        System.arraycopy(rows.cells(), rows.at(slot, 1 + c), into, at + c * MOMENTS, MOMENTS);
      } else {
        Arrays.fill(into, at + c * MOMENTS, at + (c + 1) * MOMENTS, 0);
      }
    }
  }

  /** The same without extremes, by ascending keys. */
  NumberTable sorted(int classes) {
    int[] order = new int[size()];
    Arrays.setAll(order, this::key);
    Arrays.sort(order);
    NumberTable sorted = new NumberTable(classes, false);
    double[] each = new double[classes * MOMENTS];
    for (int key : order) {
      moments(find(key, 0), classes, each, 0);
      sorted.set(key, classes, each, 0);
    }
    return sorted;
  }

  /** Adds what another one of the same make knows, whose classes have these numbers here. */
  void add(NumberTable other, int[] numbersHere) {
    for (int from = 0; from < other.size(); from++) {
      int known = find(other.key(from), from);
      int slot = known < 0 ? add(other.key(from)) : known;
      add(slot, 0, other, from, 0);
      for (int column = 1; column < other.rows.columns(); column++) {
        int here = 1 + numbersHere[column - 1];
        rows.widen(here + 1);
        add(slot, here, other, from, column);
      }
    }
  }

  private void add(int slot, int column, NumberTable other, int from, int otherColumn) {
    double[] cells = rows.cells();
    double[] others = other.rows.cells();
    int at = rows.at(slot, column);
    int start = other.rows.at(from, otherColumn);
    if (extremes && others[start] > 0) {
      boolean first = cells[at] == 0;
      cells[at + LEAST] =
          first ? others[start + LEAST] : Math.min(cells[at + LEAST], others[start + LEAST]);
      cells[at + GREATEST] =
          first
              ? others[start + GREATEST]
              : Math.max(cells[at + GREATEST], others[start + GREATEST]);
    }
    Numerics.mergeMoments(cells, at, others, start);
  }

  /** Multiplies the likelihood of each class by that of a value. */
  void weigh(int slot, double value, Evidence into) {
    double[] cells = rows.cells();
    int at = rows.at(slot, 0);
    double mean = cells[at + MEAN];
    double variance = cells[at + M2] / cells[at];
    if (!varies(mean, variance)) {
      return;
    }
    for (int c = 0; c < into.classes(); c++) {
      if (1 + c < rows.columns()) {
        at = rows.at(slot, 1 + c);
        into.gaussian(c, value, mean, variance, cells[at], cells[at + MEAN], cells[at + M2]);
      } else {
        into.gaussian(c, value, mean, variance, 0, 0, 0);
      }
    }
  }

  /**
   * {@link #weigh} of a number that is zero in all examples that do not name it.
   *
   * @param seen how many examples of each class there were
   */
  void weighSparse(int slot, double value, double[] seen, double[] scratch, Evidence into) {
    double total = 0;
    for (int c = 0; c < into.classes(); c++) {
      total += seen[c];
    }
    withZeros(slot, -1, total, scratch);
    double mean = scratch[MEAN];
    double variance = scratch[M2] / scratch[0];
    if (!varies(mean, variance)) {
      return;
    }
    for (int c = 0; c < into.classes(); c++) {
      withZeros(slot, c, seen[c], scratch);
      into.gaussian(c, value, mean, variance, scratch[0], scratch[MEAN], scratch[M2]);
    }
  }

  private static boolean varies(double mean, double variance) {
    return variance > mean * mean * LEAST_RELATIVE_VARIANCE;
  }

  /** Puts a class's count, mean, M2, least and greatest into five doubles; zeros when unknown. */
  public void statistics(int slot, int c, double[] into) {
    if (1 + c < rows.columns()) {
      System.arraycopy(rows.cells(), rows.at(slot, 1 + c), into, 0, width(extremes));
    } else {
      Arrays.fill(into, 0, width(extremes), 0);
    }
  }

  /** {@link #statistics} of a number that is zero in those of {@code seen} that do not name it. */
  public void withZeros(int slot, int c, double seen, double[] into) {
    statistics(slot, c, into);
    double zeros = seen - into[0];
    if (zeros > 0) {
      if (extremes) {
        into[LEAST] = Math.min(into[LEAST], 0);
        into[GREATEST] = Math.max(into[GREATEST], 0);
      }
      Numerics.mergeMoments(into, 0, zeros, 0, 0);
    }
  }

  /** How many examples of all classes had the number. */
  public double count(int slot) {
    return rows.cells()[rows.at(slot, 0)];
  }

  long bytes() {
    return (long) slots.size() * Slots.BYTES + rows.bytes();
  }

  void write(ModelWriter out) {
    slots.write(out);
    rows.write(out);
  }

  static NumberTable read(ModelReader in, int classes, boolean extremes) {
    Slots slots = Slots.read(in);
    CellRows rows = CellRows.read(in, slots.size(), width(extremes), 1 + classes);
    double[] cells = rows.cells();
    for (int at = 0; at < cells.length; at += width(extremes)) {
      boolean valid =
          Double.isFinite(cells[at])
              && Double.isFinite(cells[at + M2])
              && Double.isFinite(cells[at + MEAN]);
      boolean ordered = !extremes || cells[at + LEAST] <= cells[at + GREATEST];
      if (!valid || !ordered || cells[at] < 0 || cells[at + M2] < 0) {
        throw new CorruptModelException(
            "moments must be count >= 0, mean, M2 >= 0, all finite%s, got %s, %s, %s"
                .formatted(
                    extremes ? ", and least <= greatest" : "",
                    cells[at],
                    cells[at + MEAN],
                    cells[at + M2]));
      }
    }
    return new NumberTable(slots, rows, extremes);
  }
}
