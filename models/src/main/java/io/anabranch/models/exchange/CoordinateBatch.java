package io.anabranch.models.exchange;

import java.util.Arrays;
import java.util.Objects;

/**
 * A set of coordinates with their values, structure of arrays: {@code width} floats for each of
 * {@link #size()} coordinates, and {@code statisticsWidth} doubles for each of {@link
 * #statisticsSize()}. Holds deltas (changes) or truth (absolute values). Growing and reusable; the
 * arrays are live, for kernels and serializers, and may be longer than the sizes say.
 */
public final class CoordinateBatch {
  private final int width;
  private final int statisticsWidth;
  private int[] coordinates;
  private float[] values;
  private int size;
  private int[] statisticsCoordinates = new int[0];
  private double[] statistics = new double[0];
  private int statisticsSize;
  private FloatBytes precision = FloatBytes.ALL;

  /** An empty batch. */
  public CoordinateBatch(int width, int statisticsWidth) {
    this(width, statisticsWidth, 0, 0);
  }

  /** An empty batch with room. */
  public CoordinateBatch(int width, int statisticsWidth, int room, int statisticsRoom) {
    this.width = width;
    this.statisticsWidth = statisticsWidth;
    coordinates = new int[room];
    values = new float[room * width];
    statisticsCoordinates = new int[statisticsRoom];
    statistics = new double[statisticsRoom * statisticsWidth];
  }

  /** Makes room for {@code more} coordinates, none to spare. */
  public void reserve(int more) {
    if (size + more > coordinates.length) {
      coordinates = Arrays.copyOf(coordinates, size + more);
      values = Arrays.copyOf(values, (size + more) * width);
    }
  }

  /**
   * Appends a coordinate and returns where its {@link #width()} floats begin in {@link #values()}.
   */
  public int add(int coordinate) {
    if (size == coordinates.length) {
      int room = Math.max(16, 2 * size);
      coordinates = Arrays.copyOf(coordinates, room);
      values = Arrays.copyOf(values, room * width);
    }
    coordinates[size] = coordinate;
    return size++ * width;
  }

  /** Appends entries for the caller to fill: into the room that was made, none more. */
  public void fill(int coordinates, int statisticsCoordinates) {
    Objects.checkIndex(size + coordinates, this.coordinates.length + 1);
    Objects.checkIndex(
        statisticsSize + statisticsCoordinates, this.statisticsCoordinates.length + 1);
    size += coordinates;
    statisticsSize += statisticsCoordinates;
  }

  /** Appends a coordinate to the statistics and returns where its doubles begin. */
  public int addStatistics(int coordinate) {
    if (statisticsSize == statisticsCoordinates.length) {
      int room = Math.max(4, 2 * statisticsSize);
      statisticsCoordinates = Arrays.copyOf(statisticsCoordinates, room);
      statistics = Arrays.copyOf(statistics, room * statisticsWidth);
    }
    statisticsCoordinates[statisticsSize] = coordinate;
    return statisticsSize++ * statisticsWidth;
  }

  /** Rounds all values to what will travel of them. */
  public void round(FloatBytes bytes) {
    precision = bytes;
    if (!bytes.equals(FloatBytes.ALL)) {
      bytes.round(values, size, width);
    }
  }

  /** How much of the values has to travel: the rest is zero. */
  public FloatBytes precision() {
    return precision;
  }

  /** Forgets all entries, keeps the room. */
  public void clear() {
    size = 0;
    statisticsSize = 0;
  }

  /** Whether there is nothing in either plane. */
  public boolean isEmpty() {
    return size == 0 && statisticsSize == 0;
  }

  /** Floats per coordinate. */
  public int width() {
    return width;
  }

  /** Doubles per statistics coordinate. */
  public int statisticsWidth() {
    return statisticsWidth;
  }

  /** The number of coordinates. */
  public int size() {
    return size;
  }

  /** The live coordinates. */
  public int[] coordinates() {
    return coordinates;
  }

  /** The live values, {@code width} per coordinate. */
  public float[] values() {
    return values;
  }

  /** The number of coordinates with statistics. */
  public int statisticsSize() {
    return statisticsSize;
  }

  /** The live coordinates of the statistics. */
  public int[] statisticsCoordinates() {
    return statisticsCoordinates;
  }

  /** The live statistics. */
  public double[] statistics() {
    return statistics;
  }
}
