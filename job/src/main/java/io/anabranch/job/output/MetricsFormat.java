package io.anabranch.job.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.anabranch.operators.record.InputCounts;
import io.anabranch.operators.record.MetricsReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Metrics as JSON, as {@code schemas/metrics.schema.json} says:
 *
 * <pre>{@code
 * {"v":1,"type":"metrics","learner","window":N|"cumulative","time","examples","scored",...figures}
 * }</pre>
 *
 * <p>Cumulative reports also say what decoding counted: {@code records}, {@code deadLetters},
 * {@code unlabelled}. Figures that are undefined or not finite are left out. Single-threaded.
 */
public final class MetricsFormat {
  /** The version of the format, under {@code v}. */
  public static final int VERSION = 1;

  private final JsonBuffer buffer = new JsonBuffer();

  /** The Kafka key: the learner's id. */
  public byte[] key(MetricsReport report) {
    return report.learner().getBytes(StandardCharsets.UTF_8);
  }

  /** The JSON, in UTF-8. */
  public byte[] value(MetricsReport report) throws IOException {
    boolean cumulative = report.window() == 0;
    JsonGenerator json = buffer.generator();
    json.writeStartObject();
    json.writeNumberField("v", VERSION);
    json.writeStringField("type", "metrics");
    json.writeStringField("learner", report.learner());
    if (cumulative) {
      json.writeStringField("window", "cumulative");
    } else {
      json.writeNumberField("window", report.window());
    }
    json.writeNumberField("time", report.time());
    json.writeNumberField("examples", report.examples());
    json.writeNumberField("scored", report.scored());
    if (cumulative) {
      InputCounts input = report.input();
      json.writeNumberField("records", input.records());
      json.writeNumberField("deadLetters", input.deadLetters());
      json.writeNumberField("unlabelled", input.unlabelled());
    }
    for (Map.Entry<String, Double> figure : report.figures().entrySet()) {
      double value = figure.getValue();
      if (MetricsReport.isCount(figure.getKey())) {
        json.writeNumberField(figure.getKey(), (long) value);
      } else if (Double.isFinite(value)) {
        json.writeNumberField(figure.getKey(), value);
      }
    }
    if (!report.hotKeys().isEmpty()) {
      json.writeObjectFieldStart("hotKeys");
      for (Map.Entry<String, Double> key : report.hotKeys().entrySet()) {
        json.writeNumberField(key.getKey(), key.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    return buffer.take();
  }
}
