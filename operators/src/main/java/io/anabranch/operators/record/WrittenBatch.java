package io.anabranch.operators.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Several records that go the same way, as one element of a stream: an element of the network for
 * each would cost more than many a record does. They are kept as they are written, so that whoever
 * receives them needs one buffer and no object for each. A reused buffer itself.
 */
abstract class WrittenBatch<T> {
  private final TypeSerializer<T> serializer;
  private DataOutputSerializer written = new DataOutputSerializer(16);
  private long label;
  private int count;

  WrittenBatch(TypeSerializer<T> serializer) {
    this.serializer = serializer;
  }

  /** Forgets all records, and begins another batch. */
  final void beginAs(long label) {
    this.label = label;
    written.clear();
    count = 0;
  }

  /** What the batch was begun with. */
  final long label() {
    return label;
  }

  /** Adds a record. */
  public final void add(T record) {
    count++;
    try {
      serializer.serialize(record, written);
    } catch (IOException e) {
      throw new UncheckedIOException("a record cannot be written", e);
    }
  }

  /**
   * Shows all records, in the order in which they came.
   *
   * @param buffer takes one after the other
   */
  public final void forEach(T buffer, Consumer<T> each) {
    DataInputDeserializer source =
        new DataInputDeserializer(written.getSharedBuffer(), 0, written.length());
    for (int left = count; left > 0; left--) {
      try {
        serializer.deserialize(buffer, source);
      } catch (IOException e) {
        throw new UncheckedIOException("a record cannot be read", e);
      }
      each.accept(buffer);
    }
  }

  /** How many records there are. */
  public final int count() {
    return count;
  }

  /** How many bytes they take. */
  public final int bytes() {
    return written.length();
  }

  final void writeTo(DataOutputView target) throws IOException {
    target.writeLong(label);
    Wire.writeCount(count, target);
    Wire.writeCount(written.length(), target);
    target.write(written.getSharedBuffer(), 0, written.length());
  }

  final void readFrom(DataInputView source) throws IOException {
    beginAs(source.readLong());
    count = Wire.readCount(source);
    int length = Wire.readCount(source);
    if (written.getSharedBuffer().length < length) {
      written = new DataOutputSerializer(length); // it does not grow for what it is given whole
    }
    written.write(source, length);
  }

  final void copyFrom(WrittenBatch<T> other) {
    beginAs(other.label);
    count = other.count;
    try {
      written.write(other.written.getSharedBuffer(), 0, other.written.length());
    } catch (IOException e) {
      throw new UncheckedIOException("a batch cannot be copied", e);
    }
  }
}
