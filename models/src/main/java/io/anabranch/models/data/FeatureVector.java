package io.anabranch.models.data;

import java.util.Arrays;

/**
 * The encoded features of one record: a reused, growing pair of primitive arrays.
 *
 * <p>The first {@link #numericCount()} entries are <em>numeric</em>: their value is the raw number,
 * unscaled, because scaling statistics belong to each model. The remaining entries are
 * <em>sparse</em>: categorical indicators and map entries, whose value is final (the sign of the
 * hash is already in it).
 *
 * <p>A coordinate is an {@code int} in {@code [0, 2^bits)} for sparse entries and in {@code
 * [2^bits, 2^(bits+1))} for numeric ones, so that the kind of a coordinate can be told from the
 * coordinate alone. The coordinate {@link #bias(int)} is reserved for a learner's intercept and
 * never produced by an encoder. A missing feature has no entry at all; it is not zero.
 *
 * <p>{@link #coordinates()} and {@link #values()} are the live arrays, meant for kernels: they are
 * valid until the next record is encoded and may be longer than {@link #size()}.
 */
public final class FeatureVector {
  private int[] coordinates = new int[64];
  private float[] values = new float[64];
  private int size;
  private int numericCount;

  /** The coordinate reserved for the intercept, in the numeric region of a space of 2^bits. */
  public static int bias(int bits) {
    return 1 << bits;
  }

  /** Whether a coordinate lies in the numeric region of a space of 2^bits. */
  public static boolean isNumeric(int coordinate, int bits) {
    return coordinate >>> bits != 0;
  }

  /** Forgets all entries. */
  public void clear() {
    size = 0;
    numericCount = 0;
  }

  /** Appends a raw number. All numeric entries come before the first sparse one. */
  public void addNumeric(int coordinate, float value) {
    if (numericCount != size) {
      // Keep the numeric entries in front: the displaced sparse entry moves to the end.
      ensureRoom();
      coordinates[size] = coordinates[numericCount];
      values[size] = values[numericCount];
      coordinates[numericCount] = coordinate;
      values[numericCount] = value;
      size++;
    } else {
      append(coordinate, value);
    }
    numericCount++;
  }

  /** Appends a final value. */
  public void addSparse(int coordinate, float value) {
    append(coordinate, value);
  }

  /** The number of entries. */
  public int size() {
    return size;
  }

  /** How many entries, from the front, are numeric. */
  public int numericCount() {
    return numericCount;
  }

  /** The live array of coordinates. */
  public int[] coordinates() {
    return coordinates;
  }

  /** The live array of values. */
  public float[] values() {
    return values;
  }

  /** Makes this vector equal to another. */
  public void copyFrom(FeatureVector other) {
    if (coordinates.length < other.size) {
      coordinates = new int[other.coordinates.length];
      values = new float[other.values.length];
    }
    System.arraycopy(other.coordinates, 0, coordinates, 0, other.size);
    System.arraycopy(other.values, 0, values, 0, other.size);
    size = other.size;
    numericCount = other.numericCount;
  }

  private void append(int coordinate, float value) {
    ensureRoom();
    coordinates[size] = coordinate;
    values[size] = value;
    size++;
  }

  private void ensureRoom() {
    if (size == coordinates.length) {
      coordinates = Arrays.copyOf(coordinates, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
  }
}
