package io.anabranch.job.topology;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Raw records, for pipelines that spread them ({@code input.spread}). */
final class RawRecordSerializer extends TypeSerializerSingleton<RawRecord> {
  static final RawRecordSerializer INSTANCE = new RawRecordSerializer();
  private static final int ABSENT = -1;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public RawRecord createInstance() {
    return new RawRecord();
  }

  @Override
  public RawRecord copy(RawRecord from) {
    return copy(from, new RawRecord());
  }

  @Override
  public RawRecord copy(RawRecord from, RawRecord reuse) {
    reuse.copyFrom(from);
    return reuse;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(RawRecord element, DataOutputView target) throws IOException {
    StringValue.writeString(element.topic(), target);
    target.writeInt(element.partition());
    target.writeLong(element.offset());
    target.writeLong(element.timestamp());
    writeBytes(element.key(), target);
    writeBytes(element.value(), target);
    writeBytes(element.defect(), target);
  }

  private static void writeBytes(Optional<byte[]> bytes, DataOutputView target) throws IOException {
    if (bytes.isEmpty()) {
      target.writeInt(ABSENT);
    } else {
      target.writeInt(bytes.get().length);
      target.write(bytes.get());
    }
  }

  @Override
  public RawRecord deserialize(DataInputView source) throws IOException {
    return deserialize(new RawRecord(), source);
  }

  @Override
  public RawRecord deserialize(RawRecord reuse, DataInputView source) throws IOException {
    reuse.set(
        StringValue.readString(source),
        source.readInt(),
        source.readLong(),
        source.readLong(),
        readBytes(source),
        readBytes(source));
    reuse.defect(readBytes(source));
    return reuse;
  }

  private static byte @Nullable [] readBytes(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length == ABSENT) {
      return null;
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return bytes;
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
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
