package io.anabranch.local.view;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, each column as wide as its widest cell. */
public final class Table {
  /** A column of texts. */
  public static final Alignment LEFT = Alignment.LEFT;

  /** A column of numbers. */
  public static final Alignment RIGHT = Alignment.RIGHT;

  private static final String INDENT = "  ";
  private static final String GAP = "   ";

  /** Where the cells of a column stand. */
  public enum Alignment {
    LEFT,
    RIGHT
  }

  private final Alignment[] columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table of these columns. */
  public Table(Alignment... columns) {
    this.columns = columns.clone();
  }

  /** Adds a row; cells that are not given are empty. */
  public void row(String... cells) {
    if (cells.length > columns.length) {
      throw new IllegalArgumentException(
          "a row must have at most " + columns.length + " cells, got " + cells.length);
    }
    rows.add(List.of(cells));
  }

  /** The lines, indented, without blanks at their ends. */
  public List<String> lines() {
    int[] widths = new int[columns.length];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? INDENT : GAP);
      line.append(columns[i] == RIGHT ? padding + row.get(i) : row.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }
}
