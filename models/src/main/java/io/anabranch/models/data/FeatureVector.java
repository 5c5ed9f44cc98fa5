package io.anabranch.models.data;

import java.util.Arrays;

/**
 * The encoded features of one record: reused, growing primitive arrays.
 *
 * <p>The first {@link #numericCount()} entries are <em>numeric</em>: their value is the raw number,
 * unscaled, because scaling statistics belong to each model. The remaining entries are
 * <em>sparse</em>: categorical indicators and map entries, whose value is final (the sign of the
 * hash is already in it).
 *
 * <p>Each entry has a group, for learners that must know which entries belong together:
 *
 * <pre>
 *   0   a number by itself: a numeric entry, or a number that is not to be standardised
 * < 0   a category: one of the values that the field −group takes
 * > 0   one of the names in the object, or one of the words in the text, that the field holds
 * </pre>
 *
 * <p>A coordinate is an {@code int} in {@code [0, 2^bits)} for sparse entries and in {@code
 * [2^bits, 4·2^bits)} for numeric ones, a region of 2^bits for each scale, so that the kind of a
 * coordinate can be told from the coordinate alone. The coordinate {@link #bias(int)} is reserved
 * for a learner's intercept and never produced by an encoder. A missing feature has no entry at
 * all; it is not zero.
 *
 * <p>{@link #coordinates()}, {@link #values()} and {@link #groups()} are the live arrays, meant for
 * kernels: they are valid until the next record is encoded and may be longer than {@link #size()}.
 */
public final class FeatureVector {
  private static final int LEAST_ROOM = 64;
  private static final int[] NO_INTEGERS = {};
  private static final float[] NO_VALUES = {};

  private int[] coordinates = NO_INTEGERS;
  private float[] values = NO_VALUES;
  private int[] groups = NO_INTEGERS;
  private int size;
  private int numericCount;
  private long changes;

  /**
   * The coordinate reserved for the intercept, in the first numeric region of a space of 2^bits.
   */
  public static int bias(int bits) {
    return 1 << bits;
  }

  /** Whether a coordinate lies in a numeric region of a space of 2^bits. */
  public static boolean isNumeric(int coordinate, int bits) {
    return coordinate >>> bits != 0;
  }

  /** Forgets all entries. */
  public void clear() {
    size = 0;
    numericCount = 0;
    changes++;
  }

  /**
   * Makes room for so many entries in all, none to spare: for those who know how many will come.
   */
  public void reserve(int entries) {
    if (entries > coordinates.length) {
      coordinates = Arrays.copyOf(coordinates, entries);
      values = Arrays.copyOf(values, entries);
      groups = Arrays.copyOf(groups, entries);
    }
  }

  /** Appends a raw number. All numeric entries come before the first sparse one. */
  public void addNumeric(int coordinate, float value) {
    if (numericCount != size) {
      // Keep the numeric entries in front: the displaced sparse entry moves to the end.
      ensureRoom();
      coordinates[size] = coordinates[numericCount];
      values[size] = values[numericCount];
      groups[size] = groups[numericCount];
      coordinates[numericCount] = coordinate;
      values[numericCount] = value;
      groups[numericCount] = 0;
      size++;
    } else {
      append(coordinate, value, 0);
    }
    numericCount++;
    changes++;
  }

  /** Appends a final value that is a number by itself. */
  public void addSparse(int coordinate, float value) {
    append(coordinate, value, 0);
  }

  /** Appends a final value of any group. */
  public void addSparse(int coordinate, float value, int group) {
    append(coordinate, value, group);
  }

  /** The number of entries. */
  public int size() {
    return size;
  }

  /** How many entries, from the front, are numeric. */
  public int numericCount() {
    return numericCount;
  }

  /** Counts the changes of this vector: while it is the same, so are the entries. */
  public long changes() {
    return changes;
  }

  /** The live array of coordinates. */
  public int[] coordinates() {
    return coordinates;
  }

  /** The live array of values. */
  public float[] values() {
    return values;
  }

  /** The live array of groups. */
  public int[] groups() {
    return groups;
  }

  /** Makes this vector equal to another. */
  public void copyFrom(FeatureVector other) {
    reserve(other.size);
    System.arraycopy(other.coordinates, 0, coordinates, 0, other.size);
    System.arraycopy(other.values, 0, values, 0, other.size);
    System.arraycopy(other.groups, 0, groups, 0, other.size);
    size = other.size;
    numericCount = other.numericCount;
    changes++;
  }

  private void append(int coordinate, float value, int group) {
    ensureRoom();
    coordinates[size] = coordinate;
    values[size] = value;
    groups[size] = group;
    size++;
    changes++;
  }

  private void ensureRoom() {
    if (size == coordinates.length) {
      reserve(Math.max(LEAST_ROOM, 2 * size));
    }
  }
}
