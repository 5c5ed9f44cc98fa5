package io.anabranch.job.decode;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.Arrays;

/** Collects the cells of one line. */
final class CsvCells extends CsvCallbackHandler<Integer> {
  private final char[][] cells;
  private int count;

  CsvCells(int columns) {
    cells = new char[columns][];
    Arrays.fill(cells, new char[0]);
  }

  char[] text(int column) {
    return cells[column];
  }

  int length(int column) {
    return cells[column].length;
  }

  @Override
  protected RecordType getRecordType() {
    return RecordType.DATA;
  }

  @Override
  protected int getFieldCount() {
    return count;
  }

  @Override
  protected void beginRecord(long line) {
    count = 0;
  }

  @Override
  protected void addField(char[] buffer, int offset, int length, boolean quoted) {
    if (count < cells.length) {
      cells[count] = Arrays.copyOfRange(buffer, offset, offset + length);
    }
    count++;
  }

  @Override
  protected void setComment(char[] buffer, int offset, int length) {
    throw new IllegalStateException("comments are off");
  }

  @Override
  protected void setEmpty() {
    count = 1;
  }

  @Override
  protected Integer buildRecord() {
    return count;
  }
}
