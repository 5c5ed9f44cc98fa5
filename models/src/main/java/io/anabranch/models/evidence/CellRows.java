package io.anabranch.models.evidence;

import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import java.util.Arrays;

/**
 * Rows of doubles in one array, each of {@code columns × width}, that grow downwards by half and
 * sideways by just what is needed, since classes join rarely.
 */
final class CellRows {
  private final int width;
  private int columns;
  private int rows;
  private double[] cells = new double[0];

  CellRows(int columns, int width) {
    this.columns = columns;
    this.width = width;
  }

  /** The live cells; replaced when they grow. */
  double[] cells() {
    return cells;
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  /** Where a column of a row begins. */
  int at(int row, int column) {
    return (row * columns + column) * width;
  }

  void addRow() {
    int needed = Math.multiplyExact(rows + 1, columns * width);
    if (needed > cells.length) {
      cells = Arrays.copyOf(cells, needed + (rows >> 1) * columns * width);
    }
    rows++;
  }

  /** Makes the columns at least {@code wanted}. */
  void widen(int wanted) {
    if (wanted <= columns) {
      return;
    }
    double[] wide = new double[Math.multiplyExact(rows, wanted * width)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(cells, at(row, 0), wide, row * wanted * width, columns * width);
    }
    cells = wide;
    columns = wanted;
  }

  /** What the rows in use take, without room in reserve. */
  long bytes() {
    return (long) rows * columns * width * Double.BYTES;
  }

  void write(ModelWriter out) {
    out.writeInt(columns);
    out.writeDoubles(cells, 0, rows * columns * width);
  }

  static CellRows read(ModelReader in, int rows, int width, int mostColumns) {
    CellRows read = new CellRows(in.readInt(), width);
    read.cells = in.readDoubles();
    if (read.columns < 0
        || read.columns > mostColumns
        || read.cells.length != (long) rows * read.columns * width) {
      throw new CorruptModelException(
          "columns must be between 0 and %d and fill %d rows of %d, got %d and %d values"
              .formatted(mostColumns, rows, width, read.columns, read.cells.length));
    }
    read.rows = rows;
    return read;
  }
}
