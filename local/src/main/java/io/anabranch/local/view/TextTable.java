package io.anabranch.local.view;

import java.util.ArrayList;
import java.util.List;

/** Rows whose cells stand below each other. */
public final class TextTable {
  private static final String INDENT = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final int firstNumber;
  private final int afterNumbers;

  /** All cells start below each other. */
  public TextTable() {
    this(0, 0);
  }

  /**
   * The cells of some columns end below each other.
   *
   * @param firstNumber the first of these columns
   * @param afterNumbers the first column behind them
   */
  public TextTable(int firstNumber, int afterNumbers) {
    this.firstNumber = firstNumber;
    this.afterNumbers = afterNumbers;
  }

  /** Adds a row. */
  public TextTable row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  /** The rows, each cell as wide as the widest of its column. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String padding = " ".repeat(width(column) - cell.length());
        boolean number = column >= firstNumber && column < afterNumbers;
        line.append(INDENT).append(number ? padding + cell : cell + padding);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> row.size() > column)
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }
}
