package io.anabranch.local.feed;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.anabranch.job.pipeline.LabelText;
import io.anabranch.job.pipeline.Pipeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Comma-separated values with a header. A row whose cells are not as many as the header's is fed as
 * its plain line, with what is wrong with it: the job keeps it as a dead letter, so nothing is
 * lost. The log tells of the first such row.
 */
final class CsvRecords implements RecordReader {
  private static final Logger LOG = LoggerFactory.getLogger(CsvRecords.class);
  private static final char DELIMITER = ',';

  private final Path file;
  private final CloseableIterator<CsvRecord> rows;
  private final TopicShape shape;
  private final RowEncoder row;
  private final List<String> header;
  private boolean told;

  CsvRecords(Path file, InputStream in, TopicShape shape) throws FeedException, IOException {
    this.file = file;
    this.shape = shape;
    rows =
        CsvReader.builder()
            .fieldSeparator(DELIMITER)
            .detectBomHeader(true)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .allowExtraCharsAfterClosingQuote(true)
            .ofCsvRecord(in, StandardCharsets.UTF_8)
            .iterator();
    row = encoder(shape.format());
    header = nextRow().map(CsvRecord::getFields).orElse(List.of());
    checkHeader();
  }

  private static RowEncoder encoder(Pipeline.Format format) {
    if (format instanceof Pipeline.Format.Csv csv) {
      return new CsvRow(csv);
    }
    return new JsonRow();
  }

  private void checkHeader() throws FeedException {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (name.isEmpty() || !seen.add(name)) {
        throw new FeedException(
            file
                + ":1: the header must name each column once, got '"
                + name
                + "' in "
                + String.join(",", header));
      }
    }
  }

  @Override
  public Optional<FedRecord> next() throws IOException, FeedException {
    return nextRow().map(this::record);
  }

  private Optional<CsvRecord> nextRow() throws IOException, FeedException {
    try {
      return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      throw new FeedException(file + ": " + e.getMessage(), e);
    }
  }

  private FedRecord record(CsvRecord cells) {
    long line = cells.getStartingLineNumber();
    if (cells.getFieldCount() != header.size()) {
      String wrong = wrong(cells.getFields(), header.size());
      if (!told) {
        told = true;
        LOG.warn("{}:{}: {}; it is no record, and others like it are none", file, line, wrong);
      }
      byte[] plain = CsvRow.line(cells.getFields(), DELIMITER).getBytes(StandardCharsets.UTF_8);
      return FedRecord.defective(line, plain, wrong);
    }
    Optional<String> key = Optional.empty();
    OptionalLong time = OptionalLong.empty();
    for (int i = 0; i < header.size(); i++) {
      String cell = cells.getField(i);
      if (cell.isEmpty()) {
        continue;
      }
      String name = header.get(i);
      Optional<String> number = NumberText.json(cell);
      if (number.isPresent()) {
        row.number(name, number.get());
      } else {
        row.text(name, cell);
      }
      if (shape.key().filter(name::equals).isPresent()) {
        key = Optional.of(number.map(LabelText::ofNumber).orElse(cell));
      }
      if (shape.time().filter(name::equals).isPresent()) {
        time = TimeText.millis(number.orElse(cell));
      }
    }
    return new FedRecord(line, row.finish(), key, time);
  }

  /** What is wrong with the cells of a row that has too few or too many of them. */
  static String wrong(List<String> cells, int columns) {
    boolean quoted = cells.stream().anyMatch(cell -> cell.indexOf('\n') >= 0);
    return "a row must have "
        + columns
        + " cells as the header has, got "
        + cells.size()
        + (quoted ? ", one of them of several lines (is a quote not closed?)" : "");
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
