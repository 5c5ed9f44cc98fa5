package io.anabranch.models.exchange;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many of the four bytes of a float travel, by column; columns beyond the last begin anew. The
 * first two bytes are a <em>bfloat16</em>: the range of a float with 8 bits of precision; three
 * have 16.
 */
public final class FloatBytes implements Serializable {
  private static final long serialVersionUID = 1;

  /** Everything travels. */
  public static final FloatBytes ALL = new FloatBytes(Float.BYTES);

  private final int[] byColumn;

  /**
   * So many bytes.
   *
   * @param byColumn 2 to 4 for each column, at least one
   */
  public FloatBytes(int... byColumn) {
    if (byColumn.length == 0 || Arrays.stream(byColumn).anyMatch(n -> n < 2 || n > Float.BYTES)) {
      throw new IllegalArgumentException(
          "bytes must be 2 to 4 for each column, got " + Arrays.toString(byColumn));
    }
    this.byColumn = byColumn.clone();
  }

  /** How many columns there are before they begin anew. */
  public int columns() {
    return byColumn.length;
  }

  /** How many bytes a column has. */
  public int of(int column) {
    return byColumn[column % byColumn.length];
  }

  /** How many bytes {@code width} columns have together. */
  public int ofAll(int width) {
    return IntStream.range(0, width).map(this::of).sum();
  }

  /** Rounds rows of {@code width} columns to what travels. */
  void round(float[] values, int rows, int width) {
    for (int column = 0; column < width; column++) {
      int bytes = of(column);
      for (int at = column; bytes < Float.BYTES && at < rows * width; at += width) {
        values[at] = round(values[at], bytes);
      }
    }
  }

  /** The nearest float of so many bytes, of two the even one; finite ones stay finite. */
  static float round(float value, int bytes) {
    int dropped = Byte.SIZE * (Float.BYTES - bytes);
    int bits = Float.floatToRawIntBits(value);
    int half = (1 << dropped >>> 1) - 1 + (bits >>> dropped & 1);
    float rounded = Float.intBitsToFloat((bits + half) >> dropped << dropped);
    return Float.isFinite(rounded) ? rounded : Float.intBitsToFloat(bits >> dropped << dropped);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatBytes bytes && Arrays.equals(byColumn, bytes.byColumn);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(byColumn);
  }

  @Override
  public String toString() {
    return Arrays.toString(byColumn);
  }
}
