package io.anabranch.local.feed;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.anabranch.job.pipeline.Pipeline;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A row as delimiter-separated cells in the topic's order; a field that is no column is left out.
 */
final class CsvRow implements RowEncoder {
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<String> cells;
  private final char delimiter;

  CsvRow(Pipeline.Format.Csv format) {
    for (String column : format.columns()) {
      positions.put(column, positions.size());
    }
    cells = new ArrayList<>(Collections.nCopies(positions.size(), ""));
    delimiter = format.delimiter();
  }

  @Override
  public void number(String name, String text) {
    text(name, text);
  }

  @Override
  public void text(String name, String text) {
    Integer position = positions.get(name);
    if (position != null) {
      cells.set(position, text);
    }
  }

  @Override
  public byte[] finish() {
    String line = line(cells, delimiter);
    Collections.fill(cells, "");
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** One line without its end. */
  static String line(Iterable<String> cells, char delimiter) {
    StringWriter line = new StringWriter();
    CsvWriter writer =
        CsvWriter.builder()
            .fieldSeparator(delimiter)
            .lineDelimiter(LineDelimiter.LF)
            .bufferSize(0)
            .build(line);
    writer.writeRecord(cells);
    return line.getBuffer().substring(0, line.getBuffer().length() - 1);
  }
}
