package io.anabranch.operators.shared;

import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.record.ElementSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Weights on their way to all receivers. */
final class WeightsMessageSerializer extends ElementSerializer<WeightsMessage> {
  static final WeightsMessageSerializer INSTANCE = new WeightsMessageSerializer();

  private static final int TRUTH = 0;
  private static final int ALL_SENT = 1;
  private static final int KEY_TRUTH = 2;

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
      writeNumbers(truth.acknowledged(), target);
      BatchCoding.write(truth.truth(), target);
      BatchCoding.write(truth.gone(), target);
    } else if (message instanceof WeightsMessage.AllSent marker) {
      target.writeByte(ALL_SENT);
      target.writeLong(marker.epoch());
      CompactNumbers.write(marker.sender(), target);
      CompactNumbers.write(marker.senders(), target);
    } else if (message instanceof WeightsMessage.KeyTruth truth) {
      target.writeByte(KEY_TRUTH);
      target.writeLong(truth.epoch());
      StringValue.writeString(truth.key(), target);
      CompactNumbers.write(truth.base(), target);
      writeNumbers(truth.acknowledged(), target);
      CompactNumbers.write(truth.model().length, target);
      target.write(truth.model());
    }
  }

  private static void writeNumbers(long[] numbers, DataOutputView target) throws IOException {
    CompactNumbers.write(numbers.length, target);
    for (long number : numbers) {
      CompactNumbers.write(number, target);
    }
  }

  private static long[] readNumbers(DataInputView source) throws IOException {
    long[] numbers = new long[(int) CompactNumbers.read(source)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = CompactNumbers.read(source);
    }
    return numbers;
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
      case KEY_TRUTH -> readKeyTruth(epoch, source);
      default -> throw new IOException("kind of weights message must be 0 to 2, got " + kind);
    };
  }

  private static WeightsMessage.Truth readTruth(long epoch, DataInputView source)
      throws IOException {
    int shard = (int) CompactNumbers.read(source);
    long version = CompactNumbers.read(source);
    long examples = CompactNumbers.read(source);
    return new WeightsMessage.Truth(
        epoch,
        shard,
        version,
        examples,
        readNumbers(source),
        BatchCoding.read(source),
        BatchCoding.read(source));
  }

  private static WeightsMessage.KeyTruth readKeyTruth(long epoch, DataInputView source)
      throws IOException {
    String key = StringValue.readString(source);
    long base = CompactNumbers.read(source);
    long[] acknowledged = readNumbers(source);
    byte[] model = new byte[(int) CompactNumbers.read(source)];
    source.readFully(model);
    return new WeightsMessage.KeyTruth(epoch, key, base, acknowledged, model);
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
