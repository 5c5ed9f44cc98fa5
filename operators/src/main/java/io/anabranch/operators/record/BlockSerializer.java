package io.anabranch.operators.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Live weights on their way to the models topic. */
final class BlockSerializer extends ElementSerializer<ModelRecord.Block> {
  static final BlockSerializer INSTANCE = new BlockSerializer();

  @Override
  public ModelRecord.Block createInstance() {
    return new ModelRecord.Block("", "", 0, new byte[0]);
  }

  @Override
  public void serialize(ModelRecord.Block element, DataOutputView target) throws IOException {
    Wire.writeText(element.learner(), target);
    Wire.writeText(element.block(), target);
    target.writeLong(element.version());
    target.writeInt(element.payload().length);
    target.write(element.payload());
  }

  @Override
  public ModelRecord.Block deserialize(DataInputView source) throws IOException {
    String learner = Wire.readText(source);
    String block = Wire.readText(source);
    long version = source.readLong();
    byte[] payload = new byte[source.readInt()];
    source.readFully(payload);
    return new ModelRecord.Block(learner, block, version, payload);
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelRecord.Block> {
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
