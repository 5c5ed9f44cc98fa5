package io.anabranch.models.format;

import static org.assertj.core.api.Assertions.assertThat;

/** A block with touched and untouched coordinates and statistics; a golden file holds it. */
final class SampleBlock {
  static final String TYPE = "logistic-regression";

  private SampleBlock() {}

  static BlockState state() {
    float[] values = new float[2 * BlockState.COORDINATES];
    values[0] = 0.25f;
    values[2 * 700 + 1] = -0.0f;
    values[2 * 1023] = -3;
    values[2 * 1023 + 1] = 12.5f;
    return new BlockState(
        3,
        17,
        1_764_000_000_000L,
        2,
        values,
        3,
        new int[] {5, 1023},
        new double[] {1, 2, 3, 4, 5, Double.MIN_VALUE});
  }

  static void requireSame(BlockState block, BlockState expected) {
    assertThat(block.name()).isEqualTo(expected.name());
    assertThat(block.version()).isEqualTo(expected.version());
    assertThat(block.truthWidth()).isEqualTo(expected.truthWidth());
    assertThat(block.statisticsWidth()).isEqualTo(expected.statisticsWidth());
    assertThat(block.statisticsOffsets()).isEqualTo(expected.statisticsOffsets());
    assertThat(block.statistics()).isEqualTo(expected.statistics());
    assertThat(bits(block.values())).isEqualTo(bits(expected.values()));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
