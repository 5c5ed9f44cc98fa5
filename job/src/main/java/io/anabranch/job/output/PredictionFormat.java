package io.anabranch.job.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.operators.record.PredictionRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Predictions as JSON, one object per (input, learner), as {@code schemas/prediction.schema.json}
 * says:
 *
 * <pre>{@code
 * {"id","key","learner","version","time","prediction","probability"|"probabilities"|"value","label"}
 * }</pre>
 *
 * <ul>
 *   <li>{@code key} is there exactly when the learner's records have one.
 *   <li>{@code prediction} is null while the learner has nothing to say: no class was seen yet, or
 *       the number it computed is not finite.
 *   <li>Numbers are finite; a figure that is not is left out.
 * </ul>
 *
 * <p>Single-threaded: buffers are used again, so that a record costs no garbage but its bytes.
 */
public final class PredictionFormat {
  private final Target target;
  private final NegativeClass negative;
  private final boolean keyed;
  private final JsonBuffer buffer = new JsonBuffer();

  /**
   * The format of one learner's predictions.
   *
   * @param keyed whether the learner's records have a key
   */
  public PredictionFormat(Target target, boolean keyed) {
    this.target = target;
    this.negative = new NegativeClass(target.positive());
    this.keyed = keyed;
  }

  /** The Kafka key: the record's id. */
  public byte[] key(PredictionRecord prediction) {
    return JsonBuffer.wellFormed(prediction.id()).getBytes(StandardCharsets.UTF_8);
  }

  /** The JSON, in UTF-8. */
  public byte[] value(PredictionRecord record) throws IOException {
    JsonGenerator json = buffer.generator();
    json.writeStartObject();
    buffer.text("id", record.id());
    if (keyed) {
      buffer.text("key", record.key());
    }
    json.writeStringField("learner", record.learner());
    json.writeNumberField("version", record.version());
    json.writeNumberField("time", record.time());
    writePrediction(json, record);
    if (record.labelled()) {
      writeLabel(json, record.label());
    }
    json.writeEndObject();
    return buffer.take();
  }

  private void writePrediction(JsonGenerator json, PredictionRecord record) throws IOException {
    Prediction prediction = record.prediction();
    switch (prediction.type()) {
      case BINARY -> {
        buffer.text(
            "prediction", prediction.positive() ? target.positive() : negative.textFor(record));
        writeFinite(json, "probability", prediction.probability());
      }
      case MULTICLASS -> {
        if (prediction.label().isEmpty()) {
          json.writeNullField("prediction");
        } else {
          buffer.text("prediction", prediction.label());
        }
        writeProbabilities(json, prediction);
      }
      case NUMERIC -> {
        if (Double.isFinite(prediction.value())) {
          json.writeNumberField("prediction", prediction.value());
          json.writeNumberField("value", prediction.value());
        } else {
          json.writeNullField("prediction");
        }
      }
      case NONE -> json.writeNullField("prediction");
    }
  }

  private void writeProbabilities(JsonGenerator json, Prediction prediction) throws IOException {
    if (prediction.classCount() == 0) {
      return;
    }
    json.writeObjectFieldStart("probabilities");
    for (int i = 0; i < prediction.classCount(); i++) {
      writeFinite(
          json, JsonBuffer.wellFormed(prediction.className(i)), prediction.classProbability(i));
    }
    json.writeEndObject();
  }

  private void writeLabel(JsonGenerator json, String label) throws IOException {
    if (target.type() == TargetType.NUMERIC) {
      writeFinite(json, "label", Double.parseDouble(label));
    } else {
      buffer.text("label", label);
    }
  }

  private static void writeFinite(JsonGenerator json, String name, double value)
      throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    }
  }
}
