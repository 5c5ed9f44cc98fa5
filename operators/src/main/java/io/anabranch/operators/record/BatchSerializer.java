package io.anabranch.operators.record;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes batches, whose records are written already. */
abstract class BatchSerializer<T, B extends WrittenBatch<T>> extends BufferSerializer<B> {

  @Override
  public B copy(B from, B reuse) {
    reuse.copyFrom(from);
    return reuse;
  }

  @Override
  public void serialize(B element, DataOutputView target) throws IOException {
    element.writeTo(target);
  }

  @Override
  public B deserialize(B reuse, DataInputView source) throws IOException {
    reuse.readFrom(source);
    return reuse;
  }
}
