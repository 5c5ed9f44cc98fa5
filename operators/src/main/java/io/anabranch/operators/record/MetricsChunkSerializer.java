package io.anabranch.operators.record;

import io.anabranch.models.data.Target;
import io.anabranch.models.metrics.PrequentialSketch;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** What was scored, on its way to the merge. The sender goes on with the sketch it emitted. */
final class MetricsChunkSerializer extends ElementSerializer<MetricsChunk> {
  static final MetricsChunkSerializer INSTANCE = new MetricsChunkSerializer();

  @Override
  public MetricsChunk createInstance() {
    PrequentialSketch nothing = new PrequentialSketch(Target.numeric());
    return new MetricsChunk("", 0, InputCounts.NONE, nothing, nothing);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public MetricsChunk copy(MetricsChunk from) {
    try {
      DataOutputSerializer bytes = new DataOutputSerializer(256);
      serialize(from, bytes);
      return deserialize(new DataInputDeserializer(bytes.getCopyOfBuffer()));
    } catch (IOException e) {
      throw new UncheckedIOException("a chunk in memory cannot fail to be written", e);
    }
  }

  @Override
  public void serialize(MetricsChunk element, DataOutputView target) throws IOException {
    Wire.writeText(element.learner(), target);
    target.writeLong(element.learned());
    Wire.writeCounts(element.input(), target);
    element.sketch().write(target);
    element.holdout().write(target);
    target.writeInt(element.drifts());
    target.writeLong(element.keys().records());
    Wire.writeLongs(element.keys().byKey(), target);
  }

  @Override
  public MetricsChunk deserialize(DataInputView source) throws IOException {
    return new MetricsChunk(
        Wire.readText(source),
        source.readLong(),
        Wire.readCounts(source),
        PrequentialSketch.read(source),
        PrequentialSketch.read(source),
        source.readInt(),
        new KeyCounts(source.readLong(), Wire.readLongs(source)));
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<MetricsChunk> {
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
