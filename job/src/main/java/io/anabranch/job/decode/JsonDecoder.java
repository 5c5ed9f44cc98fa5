package io.anabranch.job.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.anabranch.models.data.Example;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are one JSON object each, token by token, without building a tree. A field
 * that is there twice is an error; entries of a map that are there twice add up.
 */
final class JsonDecoder implements RecordDecoder {
  private static final int DEEPEST = 100;

  private final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          // Names made of data would fill the JVM's table of interned strings.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
          .build();

  private final RecordFields fields;

  JsonDecoder(RecordFields fields) {
    this.fields = fields;
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
      if (value == null || value.length == 0) {
        throw RecordException.unreadable("empty record");
      }
      try (JsonParser parser = factory.createParser(value)) {
        object(parser);
      }
      fields.finish(topic, partition, offset);
      done = true;
    } catch (JsonProcessingException e) {
      throw RecordException.unreadable("not valid JSON: " + Excerpt.of(e.getOriginalMessage()));
    } catch (IOException e) {
      // No I/O happens: the bytes are no characters.
      throw RecordException.unreadable(
          "not valid UTF-8: " + Excerpt.of(String.valueOf(e.getMessage())));
    } finally {
      if (!done) {
        into.clear();
      }
    }
  }

  private void object(JsonParser parser) throws IOException, RecordException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw RecordException.unreadable("empty record");
    }
    if (first != JsonToken.START_OBJECT) {
      throw RecordException.unreadable("must be a JSON object, got " + got(parser, first));
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Field field = fields.named(parser.currentName());
      value(parser, field, parser.nextToken());
    }
    JsonToken rest = parser.nextToken();
    if (rest != null) {
      throw RecordException.unreadable(
          "must be one JSON object, got more after it: " + got(parser, rest));
    }
  }

  private void value(JsonParser parser, Field field, JsonToken token)
      throws IOException, RecordException {
    switch (token) {
      case VALUE_NULL -> {}
      case START_OBJECT, START_ARRAY -> container(parser, field, token);
      default -> {
        if (field.ignored()) {
          return;
        }
        scalar(parser, field, token);
      }
    }
  }

  private void scalar(JsonParser parser, Field field, JsonToken token)
      throws IOException, RecordException {
    if (token.isNumeric()) {
      double number = parser.getDoubleValue();
      fields.number(
          field,
          parser.getTextCharacters(),
          parser.getTextOffset(),
          parser.getTextLength(),
          number);
    } else if (token == JsonToken.VALUE_STRING) {
      fields.text(
          field, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    } else {
      fields.flag(
          field, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }
  }

  private void container(JsonParser parser, Field field, JsonToken start)
      throws IOException, RecordException {
    boolean object = start == JsonToken.START_OBJECT;
    boolean wanted = fields.container(field, object);
    if (object && (wanted || field.leads())) {
      entries(parser, field, wanted);
    } else if (wanted) {
      vector(parser, field);
    } else {
      parser.skipChildren();
    }
  }

  /** Reads an object: entries of a map, if they are wanted, and what else is used inside of it. */
  private void entries(JsonParser parser, Field field, boolean wanted)
      throws IOException, RecordException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      Field inside = field.inside(name);
      if (inside != null) {
        fields.once(inside);
        value(parser, inside, token);
      } else if (wanted) {
        entry(parser, field, name, token);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void entry(JsonParser parser, Field field, String name, JsonToken token)
      throws IOException, RecordException {
    if (token.isNumeric()) {
      double number = parser.getDoubleValue();
      fields.entry(
          field,
          name,
          parser.getTextCharacters(),
          parser.getTextOffset(),
          parser.getTextLength(),
          number);
    } else if (token != JsonToken.VALUE_NULL) {
      throw RecordException.field(
          field.name + "." + name, "must be a number, got " + got(parser, token));
    }
  }

  private void vector(JsonParser parser, Field field) throws IOException, RecordException {
    int position = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token.isNumeric()) {
        double number = parser.getDoubleValue();
        fields.element(
            field,
            position,
            parser.getTextCharacters(),
            parser.getTextOffset(),
            parser.getTextLength(),
            number);
      } else if (token != JsonToken.VALUE_NULL) {
        throw RecordException.field(
            field.name + "[" + position + "]", "must be a number, got " + got(parser, token));
      }
      position++;
    }
  }

  private static String got(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "'" + Excerpt.of(parser.getText()) + "'";
      default -> Excerpt.of(parser.getText());
    };
  }

  @Override
  public String extraKey(int i) {
    return fields.extraKey(i);
  }
}
