package io.anabranch.cluster.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What is looked at of a prediction.
 *
 * @param id the record's
 * @param learner the learner's
 * @param version of the model
 * @param probability of the positive class
 */
public record PredictionView(String id, String learner, long version, double probability) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Reads a value of the predictions topic. */
  public static PredictionView of(byte[] value) {
    String id = "";
    String learner = "";
    long version = -1;
    double probability = Double.NaN;
    try (JsonParser parser = JSON.createParser(value)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "id" -> id = parser.getText();
          case "learner" -> learner = parser.getText();
          case "version" -> version = parser.getLongValue();
          case "probability" -> probability = parser.getDoubleValue();
          default -> parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a prediction is not JSON", e);
    }
    return new PredictionView(id, learner, version, probability);
  }
}
