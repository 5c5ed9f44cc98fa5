package io.anabranch.models.format;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Damage of every kind at every place is refused as such, and by nothing but a refusal. */
class CorruptionTest {
  private record Reading(byte[] bytes, Consumer<byte[]> read) {
    void refuses(byte[] damaged, String damage) {
      assertThatThrownBy(() -> read.accept(damaged))
          .as(damage)
          .isInstanceOf(CorruptModelException.class);
    }
  }

  private static final List<Reading> READINGS =
      List.of(
          new Reading(
              SampleModel.bytes(),
              bytes -> SampleModel.requireSame(ModelReader.open(bytes, SampleModel.TYPE, 3))),
          new Reading(
              SampleBlock.state().encode(SampleBlock.TYPE),
              bytes -> BlockState.decode(bytes, SampleBlock.TYPE)));

  @Test
  void everyFlipOfEveryByteIsRefused() {
    for (Reading reading : READINGS) {
      for (int at = 0; at < reading.bytes().length; at++) {
        for (int flip = 1; flip < 256; flip++) {
          byte[] damaged = reading.bytes().clone();
          damaged[at] ^= (byte) flip;
          reading.refuses(damaged, "byte " + at + " xor " + flip);
        }
      }
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (Reading reading : READINGS) {
      for (int length = 0; length < reading.bytes().length; length++) {
        reading.refuses(Arrays.copyOf(reading.bytes(), length), "cut to " + length);
      }
    }
  }

  @Test
  void trailingBytesAreRefused() {
    for (Reading reading : READINGS) {
      for (int more = 1; more <= 8; more++) {
        int length = reading.bytes().length + more;
        reading.refuses(Arrays.copyOf(reading.bytes(), length), "extended to " + length);
      }
    }
  }

  /** A writer that went wrong gets its checksum right: the content must be checked as well. */
  @Test
  void aBlockOfWrongContentUnderARightChecksumIsRefusedOrHarmless() {
    byte[] block = SampleBlock.state().encode(SampleBlock.TYPE);
    for (int at = ModelFrame.CHECKSUM_BYTES; at < block.length - 4; at++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        byte[] damaged = block.clone();
        damaged[at] = (byte) value;
        int checksum = ModelFrame.checksumOf(damaged, damaged.length - 4);
        for (int i = 0; i < 4; i++) {
          damaged[damaged.length - 1 - i] = (byte) (checksum >>> 8 * i);
        }
        decodeOrRefuse(damaged);
      }
    }
  }

  private static void decodeOrRefuse(byte[] bytes) {
    BlockState decoded;
    try {
      decoded = BlockState.decode(bytes, SampleBlock.TYPE);
    } catch (CorruptModelException refused) {
      return;
    }
    SampleBlock.requireSame(
        BlockState.decode(decoded.encode(SampleBlock.TYPE), SampleBlock.TYPE), decoded);
  }
}
