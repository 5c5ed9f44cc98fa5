package io.anabranch.models.evidence;

import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import java.util.Arrays;

/**
 * How often each category of a field, or name in an object, was there by class, with Laplace's
 * smoothing α over the V values that the group has had so far:
 *
 * <pre>
 * likelihood_c(v) = (n_vc + α) / (N_gc + α V_g)
 * </pre>
 *
 * A value that was never there says nothing: it would speak for whatever class is rarest. Memory:
 * O(values × classes), 8 bytes each.
 */
public final class CategoryTable {
  private final Slots values;
  private final Slots groups;
  private final CellRows counts;
  private final CellRows totals;
  private int[] groupOf;
  private int[] members;

  CategoryTable(int classes) {
    this(new Slots(), new Slots(), new CellRows(classes, 1), new CellRows(classes, 1), new int[4]);
  }

  private CategoryTable(
      Slots values, Slots groups, CellRows counts, CellRows totals, int[] groupOf) {
    this.values = values;
    this.groups = groups;
    this.counts = counts;
    this.totals = totals;
    this.groupOf = groupOf;
    members = new int[Math.max(2, groups.size())];
    for (int slot = 0; slot < values.size(); slot++) {
      members[groupOf[slot]]++;
    }
  }

  /** How many values there are, in slots from 0 on. */
  public int size() {
    return values.size();
  }

  /** The coordinate of a value. */
  public int value(int slot) {
    return values.key(slot);
  }

  /** The position of a value's group among {@link #groupCount}. */
  public int groupOf(int slot) {
    return groupOf[slot];
  }

  /** How many groups there are. */
  public int groupCount() {
    return groups.size();
  }

  /** The group at a position. */
  public int group(int position) {
    return groups.key(position);
  }

  /** How many values a group has. */
  public int members(int position) {
    return members[position];
  }

  /** How often a value was there with a class. */
  public double count(int slot, int c) {
    return c < counts.columns() ? counts.cells()[counts.at(slot, c)] : 0;
  }

  int find(int coordinate, int guess) {
    return values.find(coordinate, guess);
  }

  int add(int coordinate, int group) {
    int position = position(group);
    int slot = values.add(coordinate);
    counts.addRow();
    if (slot == groupOf.length) {
      groupOf = Arrays.copyOf(groupOf, slot + (slot >> 1));
    }
    groupOf[slot] = position;
    members[position]++;
    return slot;
  }

  private int position(int group) {
    int position = groups.find(group, 0);
    if (position < 0) {
      position = groups.add(group);
      totals.addRow();
      if (position == members.length) {
        members = Arrays.copyOf(members, 2 * position);
      }
    }
    return position;
  }

  /** Replaces what is known of a value, and returns its slot. */
  int set(int coordinate, int group, double[] counts) {
    int slot = find(coordinate, 0);
    if (slot < 0) {
      slot = add(coordinate, group);
    }
    for (int c = 0; c < counts.length; c++) {
      count(slot, c, -count(slot, c));
    }
    int position = position(group);
    members[groupOf[slot]]--;
    members[position]++;
    groupOf[slot] = position;
    for (int c = 0; c < counts.length; c++) {
      count(slot, c, counts[c]);
    }
    return slot;
  }

  /** The same, by ascending coordinates. */
  CategoryTable sorted(int classes) {
    int[] order = new int[size()];
    Arrays.setAll(order, this::value);
    Arrays.sort(order);
    CategoryTable sorted = new CategoryTable(classes);
    double[] each = new double[classes];
    for (int coordinate : order) {
      int slot = find(coordinate, 0);
      Arrays.setAll(each, c -> count(slot, c));
      sorted.set(coordinate, group(groupOf[slot]), each);
    }
    return sorted;
  }

  /** Counts a value. */
  void count(int slot, int c, double amount) {
    counts.widen(c + 1);
    totals.widen(c + 1);
    counts.cells()[counts.at(slot, c)] += amount;
    int total = totals.at(groupOf[slot], c);
    // Never below 0 by the rounding of what is taken back.
    totals.cells()[total] = Math.max(0, totals.cells()[total] + amount);
  }

  /** Adds what another one has counted, whose classes have these numbers here. */
  void add(CategoryTable other, int[] numbersHere) {
    for (int from = 0; from < other.size(); from++) {
      int known = find(other.value(from), from);
      int slot = known < 0 ? add(other.value(from), other.group(other.groupOf(from))) : known;
      for (int c = 0; c < other.counts.columns(); c++) {
        double count = other.count(from, c);
        if (count > 0) {
          count(slot, numbersHere[c], count);
        }
      }
    }
  }

  /** Multiplies the likelihood of each class by that of a value that is there so many times. */
  void weigh(int slot, double times, Evidence into) {
    int position = groupOf[slot];
    for (int c = 0; c < into.classes(); c++) {
      boolean known = c < counts.columns();
      double count = known ? counts.cells()[counts.at(slot, c)] : 0;
      double total = known ? totals.cells()[totals.at(position, c)] : 0;
      into.category(c, times, count, total, members[position]);
    }
  }

  long bytes() {
    return (long) values.size() * (Slots.BYTES + Integer.BYTES)
        + (long) groups.size() * (Slots.BYTES + Integer.BYTES)
        + counts.bytes()
        + totals.bytes();
  }

  void write(ModelWriter out) {
    values.write(out);
    groups.write(out);
    out.writeInts(groupOf, 0, values.size());
    counts.write(out);
    totals.write(out);
  }

  static CategoryTable read(ModelReader in, int classes) {
    Slots values = Slots.read(in);
    Slots groups = Slots.read(in);
    int[] groupOf = new int[Math.max(4, values.size())];
    in.readInts(groupOf, 0, values.size());
    for (int slot = 0; slot < values.size(); slot++) {
      if (groupOf[slot] < 0 || groupOf[slot] >= groups.size()) {
        throw new CorruptModelException(
            "a group must be between 0 and %d, got %d".formatted(groups.size() - 1, groupOf[slot]));
      }
    }
    return new CategoryTable(
        values,
        groups,
        counts(CellRows.read(in, values.size(), 1, classes)),
        counts(CellRows.read(in, groups.size(), 1, classes)),
        groupOf);
  }

  private static CellRows counts(CellRows rows) {
    for (double count : rows.cells()) {
      if (!(count >= 0 && count < Double.POSITIVE_INFINITY)) {
        throw new CorruptModelException("a count must be finite and >= 0, got " + count);
      }
    }
    return rows;
  }
}
