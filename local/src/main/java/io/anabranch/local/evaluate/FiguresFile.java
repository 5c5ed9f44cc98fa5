package io.anabranch.local.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.anabranch.operators.record.MetricsReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code figures.json}: counts, and per learner the figures over everything and over each window.
 *
 * <pre>{@code
 * {"name","window","records","deadLetters","unlabelled","seconds","recordsPerSecond",
 *  "learners":{ID:{"type","baseline","models","examples","scored",...figures,
 *                  "curve":[{"scored",...figures},...]}}}
 * }</pre>
 */
public final class FiguresFile {
  private static final JsonFactory JSON = new JsonFactory();

  private FiguresFile() {}

  /** Writes the file, over one that is there. */
  public static void write(EvaluationResult result, Path file) throws IOException {
    try (JsonGenerator json =
        JSON.createGenerator(Files.newOutputStream(file)).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("name", result.name());
      json.writeNumberField("window", result.window());
      json.writeNumberField("records", result.records());
      json.writeNumberField("deadLetters", result.deadLetters());
      json.writeNumberField("unlabelled", result.unlabelled());
      json.writeNumberField("seconds", rounded(result.seconds()));
      json.writeNumberField("recordsPerSecond", rounded(result.recordsPerSecond()));
      json.writeObjectFieldStart("learners");
      for (LearnerFigures learner : result.learners()) {
        json.writeObjectFieldStart(learner.id());
        write(learner, json);
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static void write(LearnerFigures learner, JsonGenerator json) throws IOException {
    json.writeStringField("type", learner.type());
    json.writeBooleanField("baseline", learner.baseline());
    json.writeNumberField("models", learner.models());
    json.writeNumberField("examples", learner.examples());
    json.writeNumberField("scored", learner.scored());
    write(learner.figures(), json);
    json.writeArrayFieldStart("curve");
    for (LearnerFigures.Window window : learner.curve()) {
      json.writeStartObject();
      json.writeNumberField("scored", window.scored());
      write(window.figures(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(Map<String, Double> figures, JsonGenerator json) throws IOException {
    for (Map.Entry<String, Double> figure : figures.entrySet()) {
      if (MetricsReport.isCount(figure.getKey())) {
        json.writeNumberField(figure.getKey(), figure.getValue().longValue());
      } else {
        json.writeNumberField(figure.getKey(), figure.getValue());
      }
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
