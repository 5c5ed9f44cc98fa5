package io.anabranch.models.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ModelFormatTest {
  private static final String TYPE = "perceptron";

  @Test
  void usageExample() {
    ModelWriter out = new ModelWriter(TYPE, 2);
    out.writeLong(125);
    out.writeFloats(new float[] {0.5f, -1.5f}, 0, 2);
    out.writeString("late");
    byte[] bytes = out.finish();

    ModelReader in = ModelReader.open(bytes, TYPE, 2);
    assertThat(in.stateVersion()).isEqualTo(2);
    assertThat(in.readLong()).isEqualTo(125);
    assertThat(in.readFloats()).containsExactly(0.5f, -1.5f);
    assertThat(in.readString()).isEqualTo("late");
    in.end();
  }

  @Test
  void everyKindOfValueComesBackBitForBit() {
    byte[] bytes = SampleModel.bytes();
    SampleModel.requireSame(ModelReader.open(bytes, SampleModel.TYPE, 3));
  }

  @Test
  void arraysCanBeReadIntoPlace() {
    byte[] bytes =
        written(
            out -> {
              out.writeInts(new int[] {9, 1, 2}, 1, 2);
              out.writeFloats(new float[] {9, 1, 2}, 1, 2);
              out.writeDoubles(new double[] {9, 1, 2}, 1, 2);
            });
    ModelReader in = ModelReader.open(bytes, TYPE, 1);
    int[] ints = new int[3];
    float[] floats = new float[3];
    double[] doubles = new double[3];
    in.readInts(ints, 1, 2);
    in.readFloats(floats, 1, 2);
    in.readDoubles(doubles, 1, 2);
    in.end();
    assertThat(ints).containsExactly(0, 1, 2);
    assertThat(floats).containsExactly(0, 1, 2);
    assertThat(doubles).containsExactly(0, 1, 2);
  }

  @Test
  void aWriterGrowsWithWhatIsWritten() {
    float[] weights = new float[100_000];
    Arrays.fill(weights, 0.25f);
    byte[] bytes = written(out -> out.writeFloats(weights, 0, weights.length));
    assertThat(ModelReader.open(bytes, TYPE, 1).readFloats()).containsExactly(weights);
  }

  @Test
  void finishingAgainGivesTheSameBytes() {
    ModelWriter out = new ModelWriter(TYPE, 1);
    out.writeInt(7);
    assertThat(out.finish()).isEqualTo(out.finish());
  }

  @Test
  void theFrameSaysWhatItHolds() {
    byte[] bytes = new ModelWriter(TYPE, 4).finish();
    ModelFrame frame = ModelFrame.of(bytes);
    assertThat(frame.learnerType()).isEqualTo(TYPE);
    assertThat(frame.stateVersion()).isEqualTo(4);
    assertThat(frame.checksum()).isEqualTo(ModelFrame.checksumIn(bytes));
  }

  @Test
  void anotherLearnersModelIsRefused() {
    byte[] bytes = written(out -> out.writeInt(1));
    assertRefused(
        () -> ModelReader.open(bytes, "arow", 1),
        "the learner type must be 'arow', got 'perceptron': this is the model of another learner");
  }

  @Test
  void aNewerStateVersionIsRefused() {
    byte[] bytes = new ModelWriter(TYPE, 3).finish();
    assertRefused(
        () -> ModelReader.open(bytes, TYPE, 2),
        "the state version of 'perceptron' must be between 1 and 2, got 3: a newer build wrote this model");
  }

  @Test
  void aNewerFormatVersionIsRefused() {
    byte[] bytes = written(out -> out.writeInt(1));
    bytes[4] = 2;
    assertRefused(
        () -> ModelReader.open(bytes, TYPE, 1),
        "the format version must be between 1 and 1, got 2: a newer build wrote this model, or it is damaged");
  }

  @Test
  void otherBytesAreRefused() {
    assertRefused(
        () -> ModelFrame.of("{\"prediction\":\"1\"}      ".getBytes()),
        "a model must begin with 0x414e4252 ('ANBR'), got 0x7b227072: these bytes are no model");
    assertRefused(
        () -> ModelFrame.of(new byte[0]),
        "a model must be at least 19 bytes long, got 0: it is truncated");
  }

  @Test
  void aWrongChecksumIsRefused() {
    byte[] bytes = new ModelWriter("a", 1).finish();
    bytes[bytes.length - 1] ^= 1;
    assertThatThrownBy(() -> ModelFrame.of(bytes))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageMatching("the checksum must be 0x\\w{8}, got 0x\\w{8}: the model is damaged");
  }

  @Test
  void readingPastTheEndIsRefused() {
    ModelReader in = ModelReader.open(written(out -> out.writeInt(1)), TYPE, 1);
    assertRefused(
        in::readLong,
        "the payload must have 8 more bytes at byte 0, got 4: it has another layout than expected");
  }

  @Test
  void bytesThatNobodyReadAreRefused() {
    ModelReader in = ModelReader.open(written(out -> out.writeLong(1)), TYPE, 1);
    in.readInt();
    assertRefused(
        in::end, "the payload must end at byte 4, got 4 more: it has another layout than expected");
  }

  @Test
  void aLengthBeyondWhatIsThereIsRefusedBeforeRoomIsTaken() {
    byte[] bytes = written(out -> out.writeInt(Integer.MAX_VALUE));
    String message =
        "the length at byte 0 of the payload must be between 0 and 0, got 2147483647: no more is there";
    assertRefused(() -> ModelReader.open(bytes, TYPE, 1).readBytes(), message);
    assertRefused(() -> ModelReader.open(bytes, TYPE, 1).readString(), message);
    assertRefused(() -> ModelReader.open(bytes, TYPE, 1).readInts(), message);
    assertRefused(() -> ModelReader.open(bytes, TYPE, 1).readFloats(), message);
    assertRefused(() -> ModelReader.open(bytes, TYPE, 1).readDoubles(), message);
  }

  @Test
  void anArrayOfAnotherLengthIsRefused() {
    ModelReader in = ModelReader.open(written(out -> out.writeInts(new int[3], 0, 3)), TYPE, 1);
    assertRefused(
        () -> in.readInts(new int[8], 0, 2),
        "the array before byte 4 of the payload must have 2 values, got 3");
  }

  @Test
  void aBooleanThatIsNoneIsRefused() {
    ModelReader in = ModelReader.open(written(out -> out.writeInt(2 << 24)), TYPE, 1);
    assertRefused(in::readBoolean, "a boolean must be 0 or 1, got 2 at byte 0 of the payload");
  }

  @Test
  void aLearnerTypeHasOneTo255Bytes() {
    assertThatThrownBy(() -> new ModelWriter("", 1))
        .hasMessage("learnerType must be between 1 and 255 bytes long, got 0");
    assertThatThrownBy(() -> new ModelWriter("ü".repeat(128), 1))
        .hasMessage("learnerType must be between 1 and 255 bytes long, got 256");
    assertThatThrownBy(() -> new ModelWriter("a", 0))
        .hasMessage("stateVersion must be >= 1, got 0");
  }

  private static byte[] written(Consumer<ModelWriter> content) {
    ModelWriter out = new ModelWriter(TYPE, 1);
    content.accept(out);
    return out.finish();
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(CorruptModelException.class).hasMessage(message);
  }
}
