package io.anabranch.operators.record;

import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One subtask's part of a manifest. */
final class ManifestPartSerializer extends ElementSerializer<ManifestPart> {
  static final ManifestPartSerializer INSTANCE = new ManifestPartSerializer();

  @Override
  public ManifestPart createInstance() {
    return new ManifestPart("", 0, 0, 0, 0, 0, Map.of());
  }

  @Override
  public void serialize(ManifestPart element, DataOutputView target) throws IOException {
    Wire.writeText(element.learner(), target);
    target.writeLong(element.checkpoint());
    target.writeLong(element.version());
    target.writeInt(element.subtask());
    target.writeInt(element.subtasks());
    target.writeLong(element.examples());
    Wire.writeIntegers(element.blocks(), target);
  }

  @Override
  public ManifestPart deserialize(DataInputView source) throws IOException {
    return new ManifestPart(
        Wire.readText(source),
        source.readLong(),
        source.readLong(),
        source.readInt(),
        source.readInt(),
        source.readLong(),
        Wire.readIntegers(source));
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ManifestPart> {
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
