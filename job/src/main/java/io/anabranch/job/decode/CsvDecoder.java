package io.anabranch.job.decode;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.anabranch.job.pipeline.Pipeline.Format;
import io.anabranch.models.data.Example;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are one line of delimiter-separated cells each, quoted as in RFC 4180. A cell
 * in JSON's number grammar (a leading + allowed) that is finite is a number, an empty one is
 * absent, all else is text.
 */
final class CsvDecoder implements RecordDecoder {
  private final RecordFields fields;
  private final List<String> columns;
  private final CsvReader.CsvReaderBuilder reader;
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  CsvDecoder(Format.Csv format, RecordFields fields) {
    this.fields = fields;
    this.columns = format.columns();
    this.reader =
        CsvReader.builder()
            .fieldSeparator(format.delimiter())
            .skipEmptyLines(false)
            .allowExtraCharsAfterClosingQuote(false);
  }

  @Override
  public void decode(
      byte @Nullable [] value,
      String topic,
      int partition,
      long offset,
      long timestamp,
      Example into)
      throws RecordException {
    boolean done = false;
    try {
      fields.begin(timestamp, into);
      cells(text(value));
      fields.finish(topic, partition, offset);
      done = true;
    } finally {
      if (!done) {
        into.clear();
      }
    }
  }

  private String text(byte @Nullable [] value) throws RecordException {
    if (value == null || value.length == 0) {
      throw RecordException.unreadable("empty record");
    }
    try {
      CharBuffer text = utf8.decode(ByteBuffer.wrap(value));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw RecordException.unreadable("not valid UTF-8: " + e.getMessage());
    }
  }

  private void cells(String line) throws RecordException {
    if (line.chars().filter(c -> c == '"').count() % 2 != 0) {
      throw RecordException.unreadable("not one line of CSV: a quote is not closed");
    }
    CsvCells cells = new CsvCells(columns.size());
    int count;
    try {
      Iterator<Integer> records = reader.build(cells, line).iterator();
      count = records.next();
      if (records.hasNext()) {
        throw RecordException.unreadable("not one line of CSV: got more than one");
      }
    } catch (CsvParseException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw RecordException.unreadable(
          "not one line of CSV: " + Excerpt.of(String.valueOf(cause.getMessage())));
    }
    if (count != columns.size()) {
      throw RecordException.unreadable("must have " + columns.size() + " cells, got " + count);
    }
    for (int i = 0; i < count; i++) {
      if (cells.length(i) > 0) {
        cell(fields.named(columns.get(i)), cells.text(i), cells.length(i));
      }
    }
  }

  private void cell(Field field, char[] text, int length) throws RecordException {
    int start = NumberGrammar.start(text, 0, length);
    if (start != NumberGrammar.TEXT) {
      double number = NumberGrammar.parse(text, start, length - start);
      if (Double.isFinite(number)) {
        fields.number(field, text, start, length - start, number);
        return;
      }
    }
    fields.text(field, text, 0, length);
  }

  @Override
  public String extraKey(int i) {
    return fields.extraKey(i);
  }
}
