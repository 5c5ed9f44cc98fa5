package io.anabranch.operators.keyed;

import io.anabranch.operators.record.ElementSerializer;
import io.anabranch.operators.record.ElementType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Deltas on their way to the model of their key, and in the state of channels. */
final class KeyDeltaSerializer extends ElementSerializer<KeyDelta> {
  static final KeyDeltaSerializer INSTANCE = new KeyDeltaSerializer();
  static final TypeInformation<KeyDelta> TYPE = new ElementType<>(KeyDelta.class, INSTANCE);

  @Override
  public KeyDelta createInstance() {
    return new KeyDelta(0, "", 0, 0, 0, new byte[0]);
  }

  @Override
  public void serialize(KeyDelta delta, DataOutputView target) throws IOException {
    target.writeLong(delta.epoch());
    StringValue.writeString(delta.key(), target);
    target.writeInt(delta.helper());
    target.writeLong(delta.sequence());
    target.writeLong(delta.examples());
    target.writeInt(delta.model().length);
    target.write(delta.model());
  }

  @Override
  public KeyDelta deserialize(DataInputView source) throws IOException {
    long epoch = source.readLong();
    String key = StringValue.readString(source);
    int helper = source.readInt();
    long sequence = source.readLong();
    long examples = source.readLong();
    byte[] model = new byte[source.readInt()];
    source.readFully(model);
    return new KeyDelta(epoch, key, helper, sequence, examples, model);
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<KeyDelta> {
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
