package io.anabranch.local.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.anabranch.job.pipeline.LabelText;
import io.anabranch.job.pipeline.Pipeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One JSON object per line, passed on byte for byte. A line that is no JSON object is passed on all
 * the same, for the job to keep as a dead letter; blank lines are no records.
 */
final class JsonRecords implements RecordReader {
  private static final JsonFactory JSON = new JsonFactory();

  private final LineReader lines;
  private final TopicShape shape;
  private final Optional<CsvRow> row;

  private Optional<String> key = Optional.empty();
  private OptionalLong time = OptionalLong.empty();

  JsonRecords(InputStream in, TopicShape shape) {
    this.shape = shape;
    lines = new LineReader(in);
    row =
        shape.format() instanceof Pipeline.Format.Csv csv
            ? Optional.of(new CsvRow(csv))
            : Optional.empty();
  }

  @Override
  public Optional<FedRecord> next() throws IOException {
    Optional<byte[]> line = lines.next();
    while (line.isPresent() && LineReader.isBlank(line.get())) {
      line = lines.next();
    }
    if (line.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = line.get();
    key = Optional.empty();
    time = OptionalLong.empty();
    boolean readable = !needsReading() || read(bytes);
    byte[] value = readable && row.isPresent() ? row.get().finish() : bytes;
    return Optional.of(new FedRecord(lines.number(), value, key, time));
  }

  private boolean needsReading() {
    return row.isPresent() || shape.key().isPresent() || shape.time().isPresent();
  }

  /** Takes key, time and, for a csv topic, all cells from a line; false when it is no object. */
  private boolean read(byte[] bytes) throws IOException {
    try (JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      members(parser, bytes, "");
      return parser.nextToken() == null;
    } catch (JsonProcessingException notJson) {
      row.ifPresent(CsvRow::finish); // forgets the cells of the broken line
      return false;
    }
  }

  /** Reads an object, and those inside of it that key or time are in. */
  private void members(JsonParser parser, byte[] bytes, String path) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = path + parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      if (!token.isStructStart()) {
        take(name, parser.getText(), token.isNumeric());
        continue;
      }
      long from = parser.currentTokenLocation().getByteOffset();
      if (token == JsonToken.START_OBJECT && leads(name + ".")) {
        members(parser, bytes, name + ".");
      } else {
        parser.skipChildren();
      }
      long to = parser.currentLocation().getByteOffset();
      row.ifPresent(r -> r.text(name, text(bytes, from, to)));
    }
  }

  private boolean leads(String path) {
    return shape.key().filter(key -> key.startsWith(path)).isPresent()
        || shape.time().filter(time -> time.startsWith(path)).isPresent();
  }

  private void take(String name, String text, boolean numeric) {
    row.ifPresent(r -> r.text(name, text));
    if (shape.key().filter(name::equals).isPresent()) {
      boolean finite = numeric && Double.isFinite(Double.parseDouble(text));
      key = Optional.of(finite ? LabelText.ofNumber(text) : text);
    }
    if (shape.time().filter(name::equals).isPresent()) {
      time = TimeText.millis(text);
    }
  }

  private static String text(byte[] bytes, long from, long to) {
    return new String(Arrays.copyOfRange(bytes, (int) from, (int) to), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
