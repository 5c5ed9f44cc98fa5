package io.anabranch.operators.record;

import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Versions on their way to the models topic. */
final class ManifestSerializer extends ElementSerializer<ModelRecord.Manifest> {
  static final ManifestSerializer INSTANCE = new ManifestSerializer();

  @Override
  public ModelRecord.Manifest createInstance() {
    return new ModelRecord.Manifest("", 0, 0, 0, Map.of(), Map.of());
  }

  @Override
  public void serialize(ModelRecord.Manifest element, DataOutputView target) throws IOException {
    Wire.writeText(element.learner(), target);
    target.writeLong(element.version());
    target.writeLong(element.checkpoint());
    target.writeLong(element.examples());
    Wire.writeLongs(element.offsets(), target);
    Wire.writeIntegers(element.blocks(), target);
  }

  @Override
  public ModelRecord.Manifest deserialize(DataInputView source) throws IOException {
    return new ModelRecord.Manifest(
        Wire.readText(source),
        source.readLong(),
        source.readLong(),
        source.readLong(),
        Wire.readLongs(source),
        Wire.readIntegers(source));
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelRecord.Manifest> {
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
