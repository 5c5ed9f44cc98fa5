package io.anabranch.models.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FloatBytesTest {

  @Test
  void twoBytesKeepTheNearestFloatOfEightBitsAndOfTwoTheEvenOne() {
    assertThat(FloatBytes.round(1 + 1 / 128f, 2)).isEqualTo(1 + 1 / 128f);
    assertThat(FloatBytes.round(1 + 1 / 256f, 2)).isEqualTo(1);
    assertThat(FloatBytes.round(1 + 3 / 256f, 2)).isEqualTo(1 + 2 / 128f);
    assertThat(FloatBytes.round(-1 - 3 / 512f, 2)).isEqualTo(-1 - 1 / 128f);
    assertThat(FloatBytes.round(0, 2)).isEqualTo(0);
  }

  @Test
  void nothingIsOffByMoreThanHalfOfItsLastBit() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      float value = (float) Math.scalb(random.nextDouble() - 0.5, random.nextInt(-100, 100));
      assertThat(Math.abs(FloatBytes.round(value, 2) - value))
          .isLessThanOrEqualTo(Math.abs(value) * 0x1p-8f);
      assertThat(Math.abs(FloatBytes.round(value, 3) - value))
          .isLessThanOrEqualTo(Math.abs(value) * 0x1p-16f);
    }
  }

  @Test
  void whatIsFiniteStaysFinite() {
    assertThat(FloatBytes.round(Float.MAX_VALUE, 2)).isFinite();
    assertThat(FloatBytes.round(-Float.MAX_VALUE, 3)).isFinite();
  }

  @Test
  void columnsBeginAnewBehindTheLast() {
    FloatBytes bytes = new FloatBytes(2, 4);
    CoordinateBatch batch = new CoordinateBatch(4, 0);
    int at = batch.add(7);
    for (int column = 0; column < 4; column++) {
      batch.values()[at + column] = 1.001f;
    }
    batch.round(bytes);
    assertThat(batch.values()).startsWith(1, 1.001f, 1, 1.001f);
    assertThat(batch.precision()).isEqualTo(bytes);
    assertThat(bytes.ofAll(4)).isEqualTo(12);
  }

  @Test
  void fewerThanTwoBytesAreRefused() {
    assertThatThrownBy(() -> new FloatBytes(2, 1))
        .hasMessage("bytes must be 2 to 4 for each column, got [2, 1]");
    assertThatThrownBy(FloatBytes::new).hasMessage("bytes must be 2 to 4 for each column, got []");
  }
}
