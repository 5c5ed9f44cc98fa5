package io.anabranch.local.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record of the metrics topic.
 *
 * @param cumulative whether it covers the whole run, not a window
 * @param numbers every number of the record by its name, in the record's order
 * @param hotKeys the keys that come most, with their shares
 */
public record MetricsLine(
    String learner, boolean cumulative, Map<String, Double> numbers, Map<String, Double> hotKeys) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Keeps the order of the numbers. */
  public MetricsLine {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    hotKeys = Collections.unmodifiableMap(new LinkedHashMap<>(hotKeys));
  }

  /** A record without hot keys. */
  public MetricsLine(String learner, boolean cumulative, Map<String, Double> numbers) {
    this(learner, cumulative, numbers, Map.of());
  }

  /** Reads a record; empty when it is none that this class knows. */
  static Optional<MetricsLine> parse(byte @Nullable [] value) throws IOException {
    if (value == null) {
      return Optional.empty();
    }
    String learner = "";
    boolean cumulative = false;
    Map<String, Double> numbers = new LinkedHashMap<>();
    Map<String, Double> hotKeys = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token.isNumeric()) {
          numbers.put(name, parser.getDoubleValue());
        } else if (token == JsonToken.VALUE_STRING && name.equals("learner")) {
          learner = parser.getText();
        } else if (token == JsonToken.VALUE_STRING && name.equals("window")) {
          cumulative = parser.getText().equals("cumulative");
        } else if (token == JsonToken.START_OBJECT && name.equals("hotKeys")) {
          readNumbers(parser, hotKeys);
        } else {
          parser.skipChildren();
        }
      }
    } catch (JsonProcessingException notOurs) {
      return Optional.empty();
    }
    return learner.isEmpty()
        ? Optional.empty()
        : Optional.of(new MetricsLine(learner, cumulative, numbers, hotKeys));
  }

  private static void readNumbers(JsonParser parser, Map<String, Double> into) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken().isNumeric()) {
        into.put(name, parser.getDoubleValue());
      } else {
        parser.skipChildren();
      }
    }
  }

  /** A count; 0 when the record doesn't have it. */
  public long count(String name) {
    return numbers.getOrDefault(name, 0.0).longValue();
  }

  /** A figure, if it is defined. */
  public Optional<Double> figure(String name) {
    return Optional.ofNullable(numbers.get(name));
  }
}
