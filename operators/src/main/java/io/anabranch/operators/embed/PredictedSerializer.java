package io.anabranch.operators.embed;

import io.anabranch.operators.record.ElementSerializer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Predictions on their way through somebody's job. */
final class PredictedSerializer extends ElementSerializer<Predicted> {
  static final PredictedSerializer INSTANCE = new PredictedSerializer();

  @Override
  public Predicted createInstance() {
    return new Predicted("", "", "", 0, 0, false, Double.NaN, "", Map.of(), Double.NaN);
  }

  @Override
  public void serialize(Predicted element, DataOutputView target) throws IOException {
    StringValue.writeString(element.learner(), target);
    StringValue.writeString(element.id(), target);
    StringValue.writeString(element.key(), target);
    target.writeLong(element.version());
    target.writeLong(element.time());
    target.writeBoolean(element.positive());
    target.writeDouble(element.probability());
    StringValue.writeString(element.category(), target);
    target.writeInt(element.probabilities().size());
    for (Map.Entry<String, Double> entry : element.probabilities().entrySet()) {
      StringValue.writeString(entry.getKey(), target);
      target.writeDouble(entry.getValue());
    }
    target.writeDouble(element.value());
  }

  @Override
  public Predicted deserialize(DataInputView source) throws IOException {
    return new Predicted(
        StringValue.readString(source),
        StringValue.readString(source),
        StringValue.readString(source),
        source.readLong(),
        source.readLong(),
        source.readBoolean(),
        source.readDouble(),
        StringValue.readString(source),
        probabilities(source),
        source.readDouble());
  }

  private static Map<String, Double> probabilities(DataInputView source) throws IOException {
    Map<String, Double> byClass = new LinkedHashMap<>();
    for (int left = source.readInt(); left > 0; left--) {
      byClass.put(StringValue.readString(source), source.readDouble());
    }
    return byClass;
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Predicted> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  @Override
  public Snapshot snapshotConfiguration() {
    return new Snapshot();
  }
}
