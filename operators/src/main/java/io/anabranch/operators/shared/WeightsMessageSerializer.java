package io.anabranch.operators.shared;

import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.record.ElementSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Weights on their way to all receivers. */
final class WeightsMessageSerializer extends ElementSerializer<WeightsMessage> {
  static final WeightsMessageSerializer INSTANCE = new WeightsMessageSerializer();

  private static final int TRUTH = 0;
  private static final int ALL_SENT = 1;

  @Override
  public WeightsMessage createInstance() {
    return new WeightsMessage.AllSent(0, 0, 0);
  }

  @Override
  public void serialize(WeightsMessage message, DataOutputView target) throws IOException {
    if (message instanceof WeightsMessage.Truth truth) {
      target.writeByte(TRUTH);
      target.writeLong(truth.epoch());
      CompactNumbers.write(truth.shard(), target);
      CompactNumbers.write(truth.version(), target);
      CompactNumbers.write(truth.examples(), target);
      CompactNumbers.write(truth.acknowledged().length, target);
      for (long sequence : truth.acknowledged()) {
        CompactNumbers.write(sequence, target);
      }
      BatchCoding.write(truth.truth(), target);
      BatchCoding.write(truth.gone(), target);
    } else if (message instanceof WeightsMessage.AllSent marker) {
      target.writeByte(ALL_SENT);
      target.writeLong(marker.epoch());
      CompactNumbers.write(marker.sender(), target);
      CompactNumbers.write(marker.senders(), target);
    }
  }

  @Override
  public WeightsMessage deserialize(DataInputView source) throws IOException {
    int kind = source.readByte();
    long epoch = source.readLong();
    return switch (kind) {
      case TRUTH -> readTruth(epoch, source);
      case ALL_SENT ->
          new WeightsMessage.AllSent(
              epoch, (int) CompactNumbers.read(source), (int) CompactNumbers.read(source));
      default -> throw new IOException("kind of weights message must be 0 or 1, got " + kind);
    };
  }

  private static WeightsMessage.Truth readTruth(long epoch, DataInputView source)
      throws IOException {
    int shard = (int) CompactNumbers.read(source);
    long version = CompactNumbers.read(source);
    long examples = CompactNumbers.read(source);
    long[] acknowledged = new long[(int) CompactNumbers.read(source)];
    for (int i = 0; i < acknowledged.length; i++) {
      acknowledged[i] = CompactNumbers.read(source);
    }
    return new WeightsMessage.Truth(
        epoch,
        shard,
        version,
        examples,
        acknowledged,
        BatchCoding.read(source),
        BatchCoding.read(source));
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<WeightsMessage> {
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
