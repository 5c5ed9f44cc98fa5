package io.anabranch.operators.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Counts of the decoder. */
final class InputCountsSerializer extends ElementSerializer<InputCounts> {
  static final InputCountsSerializer INSTANCE = new InputCountsSerializer();

  @Override
  public InputCounts createInstance() {
    return InputCounts.NONE;
  }

  @Override
  public void serialize(InputCounts element, DataOutputView target) throws IOException {
    Wire.writeCounts(element, target);
  }

  @Override
  public InputCounts deserialize(DataInputView source) throws IOException {
    return Wire.readCounts(source);
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<InputCounts> {
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
