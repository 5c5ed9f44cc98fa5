package io.anabranch.operators.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Examples on their way to the members of an ensemble. */
final class NumberedExampleSerializer extends BufferSerializer<NumberedExample> {
  static final NumberedExampleSerializer INSTANCE = new NumberedExampleSerializer();

  @Override
  public NumberedExample createInstance() {
    return new NumberedExample();
  }

  @Override
  public NumberedExample copy(NumberedExample from, NumberedExample reuse) {
    reuse.of(from.number(), ExampleSerializer.INSTANCE.copy(from.example(), reuse.example()));
    return reuse;
  }

  @Override
  public void serialize(NumberedExample element, DataOutputView target) throws IOException {
    target.writeLong(element.number());
    ExampleSerializer.INSTANCE.serialize(element.example(), target);
  }

  @Override
  public NumberedExample deserialize(NumberedExample reuse, DataInputView source)
      throws IOException {
    reuse.of(source.readLong(), ExampleSerializer.INSTANCE.deserialize(reuse.example(), source));
    return reuse;
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<NumberedExample> {
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
