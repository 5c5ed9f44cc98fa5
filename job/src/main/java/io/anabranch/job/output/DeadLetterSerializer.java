package io.anabranch.job.output;

import io.anabranch.operators.record.ElementSerializer;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Dead letters, for topologies in which their sink is not chained to decoding. */
final class DeadLetterSerializer extends ElementSerializer<DeadLetter> {
  static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();
  private static final int ABSENT = -1;

  @Override
  public DeadLetter createInstance() {
    return new DeadLetter("", "", "", 0, 0, Optional.empty(), Optional.empty());
  }

  @Override
  public void serialize(DeadLetter element, DataOutputView target) throws IOException {
    StringValue.writeString(element.error(), target);
    StringValue.writeString(element.stage(), target);
    StringValue.writeString(element.topic(), target);
    target.writeInt(element.partition());
    target.writeLong(element.offset());
    writeBytes(element.key(), target);
    writeBytes(element.value(), target);
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
  public DeadLetter deserialize(DataInputView source) throws IOException {
    return new DeadLetter(
        StringValue.readString(source),
        StringValue.readString(source),
        StringValue.readString(source),
        source.readInt(),
        source.readLong(),
        readBytes(source),
        readBytes(source));
  }

  private static Optional<byte[]> readBytes(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length == ABSENT) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return Optional.of(bytes);
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
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
