package io.anabranch.local.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.anabranch.job.pipeline.LabelText;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.feed.FedRecord;
import io.anabranch.local.feed.Feed;
import io.anabranch.local.feed.FeedException;
import io.anabranch.local.feed.RecordReader;
import io.anabranch.local.feed.TopicShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Looks at the first records of a file, as a JSON topic would get them. */
public final class Profiler {
  /** So many records say enough, and are read in about a second. */
  public static final int SAMPLE = 50_000;

  /** So many fields are looked at; more are names made of data. */
  private static final int MOST_FIELDS = 5_000;

  private static final JsonFactory JSON = new JsonFactory();
  private static final TopicShape SHAPE =
      new TopicShape("sample", new Pipeline.Format.Json(), Optional.empty(), Optional.empty());

  private final Path file;
  private final Map<String, FieldProfile> fields = new LinkedHashMap<>();
  private long records;
  private long unreadable;

  private Profiler(Path file) {
    this.file = file;
  }

  /**
   * Profiles a file.
   *
   * @param most how many records to look at, at least 1
   * @throws FeedException when the file cannot be read
   */
  public static DataProfile profile(Path file, int most) throws FeedException {
    return new Profiler(file).read(most);
  }

  private DataProfile read(int most) throws FeedException {
    Feed feed = Feed.of(file, SHAPE);
    try (RecordReader reader = feed.records()) {
      Optional<FedRecord> next = reader.next();
      while (next.isPresent() && records < most) {
        records++;
        record(next.get());
        next = reader.next();
      }
      return new DataProfile(file, records, next.isEmpty(), unreadable, fields);
    } catch (IOException e) {
      throw feed.unreadable(e, records);
    }
  }

  private void record(FedRecord record) throws IOException {
    if (record.defect().isPresent()) {
      unreadable++;
      return;
    }
    try (JsonParser parser = JSON.createParser(record.value())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        unreadable++;
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        FieldProfile field = fields.get(name);
        if (field == null && fields.size() < MOST_FIELDS) {
          field = new FieldProfile(name);
          fields.put(name, field);
        }
        if (field != null) {
          value(field, parser, token);
        }
        parser.skipChildren();
      }
    } catch (JsonProcessingException notJson) {
      unreadable++;
    }
  }

  private static void value(FieldProfile field, JsonParser parser, JsonToken token)
      throws IOException {
    if (token.isNumeric()) {
      double number = parser.getDoubleValue();
      if (Double.isFinite(number)) {
        field.number(number, LabelText.ofNumber(parser.getText()));
      } else {
        field.text(parser.getText());
      }
    } else if (token == JsonToken.VALUE_STRING && parser.getTextLength() > 0) {
      field.text(parser.getText());
    } else if (token.isBoolean()) {
      field.flag(token == JsonToken.VALUE_TRUE);
    } else if (token == JsonToken.START_OBJECT) {
      field.object();
    } else if (token == JsonToken.START_ARRAY) {
      field.array();
    }
  }
}
