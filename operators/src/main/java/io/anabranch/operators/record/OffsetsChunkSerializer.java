package io.anabranch.operators.record;

import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How far decoding had read. */
final class OffsetsChunkSerializer extends ElementSerializer<OffsetsChunk> {
  static final OffsetsChunkSerializer INSTANCE = new OffsetsChunkSerializer();

  @Override
  public OffsetsChunk createInstance() {
    return new OffsetsChunk(0, 0, 0, Map.of());
  }

  @Override
  public void serialize(OffsetsChunk element, DataOutputView target) throws IOException {
    target.writeLong(element.checkpoint());
    target.writeInt(element.subtask());
    target.writeInt(element.subtasks());
    Wire.writeLongs(element.next(), target);
  }

  @Override
  public OffsetsChunk deserialize(DataInputView source) throws IOException {
    return new OffsetsChunk(
        source.readLong(), source.readInt(), source.readInt(), Wire.readLongs(source));
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OffsetsChunk> {
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
