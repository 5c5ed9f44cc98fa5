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
 */
public record MetricsLine(String learner, boolean cumulative, Map<String, Double> numbers) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Keeps the order of the numbers. */
  public MetricsLine {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }

  /** Reads a record; empty when it is none that this class knows. */
  static Optional<MetricsLine> parse(byte @Nullable [] value) throws IOException {
    if (value == null) {
      return Optional.empty();
    }
    String learner = "";
    boolean cumulative = false;
    Map<String, Double> numbers = new LinkedHashMap<>();
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
        } else {
          parser.skipChildren();
        }
      }
    } catch (JsonProcessingException notOurs) {
      return Optional.empty();
    }
    return learner.isEmpty()
        ? Optional.empty()
        : Optional.of(new MetricsLine(learner, cumulative, numbers));
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
