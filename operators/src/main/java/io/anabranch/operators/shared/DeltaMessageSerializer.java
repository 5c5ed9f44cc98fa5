package io.anabranch.operators.shared;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.record.ElementSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Deltas on their way to their shard, and in the channel state of unaligned checkpoints. */
final class DeltaMessageSerializer extends ElementSerializer<DeltaMessage> {
  static final DeltaMessageSerializer INSTANCE = new DeltaMessageSerializer();

  @Override
  public DeltaMessage createInstance() {
    return new DeltaMessage(0, 0, 0, 0, false, 0, 0, new CoordinateBatch(0, 0));
  }

  @Override
  public void serialize(DeltaMessage delta, DataOutputView target) throws IOException {
    target.writeLong(delta.epoch());
    CompactNumbers.write(delta.shard(), target);
    CompactNumbers.write(delta.trainer(), target);
    CompactNumbers.write(delta.sequence(), target);
    target.writeBoolean(delta.awaited());
    CompactNumbers.write(delta.examples(), target);
    target.writeLong(delta.identities());
    BatchCoding.write(delta.changes(), target);
    BatchCoding.write(delta.occurrences(), target);
  }

  @Override
  public DeltaMessage deserialize(DataInputView source) throws IOException {
    return new DeltaMessage(
        source.readLong(),
        (int) CompactNumbers.read(source),
        (int) CompactNumbers.read(source),
        CompactNumbers.read(source),
        source.readBoolean(),
        CompactNumbers.read(source),
        source.readLong(),
        BatchCoding.read(source),
        BatchCoding.read(source));
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeltaMessage> {
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
