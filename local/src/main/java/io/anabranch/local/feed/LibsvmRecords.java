package io.anabranch.local.feed;

import io.anabranch.job.decode.Excerpt;
import io.anabranch.job.pipeline.LabelText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringTokenizer;

/**
 * Lines of {@code label index:value …}; each becomes {@code {"label": 1, "x": {"12": 0.5}}}. A line
 * that can't be read so is fed as it is, with what is wrong with it, for the job to keep as a dead
 * letter; what follows a # is a comment.
 */
final class LibsvmRecords implements RecordReader {
  private static final String LABEL = "label";
  private static final String FEATURES = "x";

  private final LineReader lines;
  private final TopicShape shape;
  private final JsonRow row = new JsonRow();

  LibsvmRecords(InputStream in, TopicShape shape) {
    this.shape = shape;
    lines = new LineReader(in);
  }

  @Override
  public Optional<FedRecord> next() throws IOException {
    Optional<byte[]> line = lines.next();
    while (line.isPresent()) {
      String text = withoutComment(new String(line.get(), StandardCharsets.UTF_8));
      if (!text.isEmpty()) {
        return Optional.of(record(line.get(), new StringTokenizer(text)));
      }
      line = lines.next();
    }
    return Optional.empty();
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  private FedRecord record(byte[] line, StringTokenizer tokens) {
    String label = tokens.nextToken();
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    while (tokens.hasMoreTokens()) {
      String token = tokens.nextToken();
      int colon = token.indexOf(':');
      Optional<String> value = NumberText.lenient(token.substring(colon + 1));
      if (colon <= 0 || value.isEmpty()) {
        return FedRecord.defective(
            lines.number(), line, "a feature must be index:value, got '" + Excerpt.of(token) + "'");
      }
      names.add(token.substring(0, colon));
      values.add(value.get());
    }
    Optional<String> number = NumberText.lenient(label);
    if (number.isPresent()) {
      row.number(LABEL, number.get());
    } else {
      row.text(LABEL, label);
    }
    row.open(FEATURES);
    for (int i = 0; i < names.size(); i++) {
      row.number(names.get(i), values.get(i));
    }
    row.close();
    Optional<String> key =
        shape
            .key()
            .filter(LABEL::equals)
            .map(field -> number.map(LabelText::ofNumber).orElse(label));
    return new FedRecord(lines.number(), row.finish(), key, OptionalLong.empty());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
